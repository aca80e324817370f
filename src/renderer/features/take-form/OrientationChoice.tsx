import { Film, Image } from 'lucide-react'
import { RadioGroup } from 'radix-ui'
import type { ModelRules } from '../../../shared/rules/rules.ts'
import { formatSeconds } from '../../../shared/units.ts'
import { useApp } from '../../state/store.ts'
import { orientationWords } from '../../lib/setting-words.ts'
import { windowLimits } from '../../state/trim-window.ts'

const icons = { image: Image, video: Film } as const

/** Whose orientation the result has, with what that allows. */
export function OrientationChoice({ model }: { readonly model: ModelRules }) {
  const orientation = useApp((state) => state.takeSettings.orientation)
  const changeTakeSettings = useApp((state) => state.changeTakeSettings)
  return (
    <fieldset>
      <legend className="mb-1.5 text-xs text-soft">Orientation</legend>
      <RadioGroup.Root
        aria-label="Orientation"
        value={orientation}
        onValueChange={(value) => {
          const chosen = model.orientations.find((entry) => entry === value)
          if (chosen) changeTakeSettings({ orientation: chosen })
        }}
        className="grid grid-cols-2 gap-2"
      >
        {model.orientations.map((value) => {
          const Icon = icons[value]
          const { title, follows } = orientationWords[value]
          const { max } = windowLimits(model, value)
          const upTo = max === Number.POSITIVE_INFINITY ? null : `up to ${formatSeconds(max)}`
          return (
            <RadioGroup.Item
              key={value}
              value={value}
              aria-label={[`${title}: ${follows}`, ...(upTo === null ? [] : [upTo])].join(', ')}
              className="group flex flex-col items-start rounded-xl border border-line bg-raised px-3 py-2.5 text-left transition-colors hover:border-edge data-[state=checked]:border-accent data-[state=checked]:bg-accent-wash"
            >
              <span className="flex items-center gap-2 text-sm font-medium">
                <Icon aria-hidden className="size-4 text-faint group-data-[state=checked]:text-accent" />
                {title}
              </span>
              <span className="mt-1 block text-xs leading-snug text-soft">
                {follows}
                {upTo !== null && (
                  <>
                    , <span className="whitespace-nowrap">{upTo}</span>
                  </>
                )}
              </span>
            </RadioGroup.Item>
          )
        })}
      </RadioGroup.Root>
    </fieldset>
  )
}
