import { Bookmark, Trash2 } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { useState } from 'react'
import {
  builtInPresets,
  presetOf,
  withoutPreset,
  withPreset,
  type Preset,
} from '../../../../shared/preset.ts'
import type { Outcome } from '../../../../shared/outcome.ts'
import { nameOfProvider } from '../../../../shared/rules/providers.ts'
import { useApp } from '../../../app/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { PresetNameDialog } from './PresetNameDialog.tsx'

const item =
  'flex items-center gap-3 rounded-md px-2.5 py-1.5 text-sm outline-none data-[disabled]:text-faint data-[highlighted]:bg-hover'
const heading = 'px-2.5 pt-1.5 pb-1 text-xs text-faint'

function usePresets() {
  const own = useApp((state) => state.settings.presets)
  const providers = useApp((state) => state.providers)
  const takeSettings = useApp((state) => state.takeSettings)
  const changeTakeSettings = useApp((state) => state.changeTakeSettings)
  const changeSettings = useApp((state) => state.changeSettings)
  const models = providers.flatMap((provider) => provider.models)
  return {
    own,
    builtIn: builtInPresets(models),
    labelOf: ({ choices }: Preset) =>
      `${nameOfProvider(choices.provider)} · ${models.find(({ provider, model }) => provider === choices.provider && model === choices.model)?.name ?? choices.model}`,
    apply: ({ choices }: Preset) => {
      // The frame over the picture that lies here is not the preset's.
      changeTakeSettings({ ...choices, fit: { ...choices.fit, crop: takeSettings.fit.crop } })
    },
    save: async (name: string): Promise<Outcome<null>> => {
      const made = presetOf(name, takeSettings)
      if (!made.ok) return made
      const all = withPreset(own, made.value)
      if (!all.ok) return all
      await changeSettings({ presets: [...all.value] })
      return { ok: true, value: null }
    },
    remove: ({ name }: Preset) => void changeSettings({ presets: [...(withoutPreset(own, name) ?? own)] }),
  }
}

/** Settings with a name: applied, kept and forgotten. */
export function PresetMenu() {
  const { own, builtIn, labelOf, apply, save, remove } = usePresets()
  const [naming, setNaming] = useState(false)
  return (
    <>
      {/* Not modal: locking the page would write a style element into it, which the content security policy forbids. */}
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger asChild>
          <Button size="small" icon={<Bookmark />}>
            Presets
          </Button>
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content
            align="end"
            sideOffset={4}
            collisionPadding={8}
            className="animate-appear z-30 max-h-96 max-w-96 min-w-60 overflow-y-auto rounded-lg border border-line bg-raised p-1 text-ink shadow-float"
          >
            <DropdownMenu.Item
              className={item}
              onSelect={() => {
                setNaming(true)
              }}
            >
              Keep these settings as…
            </DropdownMenu.Item>
            {own.length > 0 && <DropdownMenu.Label className={heading}>Your own</DropdownMenu.Label>}
            {own.map((preset) => (
              <DropdownMenu.Item
                key={preset.name}
                className={item}
                onSelect={() => {
                  apply(preset)
                }}
              >
                <span className="min-w-0 flex-1 truncate">{preset.name}</span>
                <span className="truncate text-xs text-faint">{labelOf(preset)}</span>
              </DropdownMenu.Item>
            ))}
            <DropdownMenu.Label className={heading}>For each model</DropdownMenu.Label>
            {builtIn.map((preset) => (
              <DropdownMenu.Item
                key={preset.name}
                className={item}
                onSelect={() => {
                  apply(preset)
                }}
              >
                {labelOf(preset)}
              </DropdownMenu.Item>
            ))}
            {own.length > 0 && (
              <>
                <DropdownMenu.Separator className="my-1 h-px bg-line" />
                {own.map((preset) => (
                  <DropdownMenu.Item
                    key={preset.name}
                    className={item}
                    onSelect={() => {
                      remove(preset)
                    }}
                  >
                    <Trash2 aria-hidden className="size-3.5 text-faint" />
                    <span className="min-w-0 flex-1 truncate">Remove “{preset.name}”</span>
                  </DropdownMenu.Item>
                ))}
              </>
            )}
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {naming && (
        <PresetNameDialog
          taken={own.map(({ name }) => name)}
          save={save}
          onClose={() => {
            setNaming(false)
          }}
        />
      )}
    </>
  )
}
