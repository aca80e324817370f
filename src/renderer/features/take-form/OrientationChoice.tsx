import { Film, Image } from 'lucide-react'
import { RadioGroup } from 'radix-ui'
import type { ModelRules } from '../../../shared/rules/rules.ts'
import { formatSeconds } from '../../../shared/units.ts'
import { useApp } from '../../state/store.ts'
import { orientationWords } from '../../lib/setting-words.ts'
import { windowLimits } from '../../state/trim-window.ts'

const icons = { image: Image, video: Film } as const

/** Whose framing the result keeps, with how long it may be then. */
export function OrientationChoice({ model }: { readonly model: ModelRules }) {
  const orientation = useApp((state) => state.takeSettings.orientation)
  const changeTakeSettings = useApp((state) => state.changeTakeSettings)
  return (
    <fieldset>
      <legend className="mb-1.5 text-xs text-soft">Framing</legend>
      <RadioGroup.Root
        aria-label="Framing"
        value={orientation}
        onValueChange={(value) => {
          const chosen = model.orientations.find((entry) => entry === value)
          if (chosen) changeTakeSettings({ orientation: chosen })
        }}
        className="space-y-1"
      >
        {model.orientations.map((value) => {
          const Icon = icons[value]
          const { max } = windowLimits(model, value)
          const limit = max === Number.POSITIVE_INFINITY ? null : `≤ ${formatSeconds(max)}`
          return (
            <RadioGroup.Item
              key={value}
              value={value}
              className="group flex h-9 w-full items-center gap-2 rounded-lg border border-line bg-raised px-2.5 text-left text-sm transition-colors hover:border-edge data-[state=checked]:border-accent data-[state=checked]:bg-accent-wash"
            >
              <Icon
                aria-hidden
                className="size-4 shrink-0 text-faint group-data-[state=checked]:text-accent"
              />
              <span className="min-w-0 flex-1 truncate">{orientationWords[value].keeps}</span>
              {limit !== null && (
                <span className="shrink-0 text-xs text-soft">{limit.replaceAll(' ', '\u00a0')}</span>
              )}
            </RadioGroup.Item>
          )
        })}
      </RadioGroup.Root>
    </fieldset>
  )
}
