import { Trash2, Bookmark } from 'lucide-react'
import { useId, useState } from 'react'
import {
  builtInPresets,
  presetOf,
  withoutPreset,
  withPreset,
  type Preset,
} from '../../../shared/domain/preset.ts'
import type { Outcome } from '../../../shared/outcome.ts'
import { nameOfProvider } from '../../../shared/rules/providers.ts'
import { modeWords, orientationLabel } from '../../lib/setting-words.ts'
import { useApp } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Modal } from '../../ui/Modal.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { text } from './text.ts'

/** The presets there are, and what can be done with them and the settings of the form. */
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
      // The current crop isn't part of the preset.
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

type PresetListProps = {
  readonly title: string
  readonly presets: readonly Preset[]
  readonly nameOf: (preset: Preset) => string
  readonly detailOf: (preset: Preset) => string
  readonly onUse: (preset: Preset) => void
  readonly onRemove?: (preset: Preset) => void
}

function PresetList({ title, presets, nameOf, detailOf, onUse, onRemove }: PresetListProps) {
  if (presets.length === 0) return null
  return (
    <section aria-label={title}>
      <h3 className="mb-1 text-xs text-soft">{title}</h3>
      <ul className="divide-y divide-line rounded-lg border border-line">
        {presets.map((preset) => (
          <li key={preset.name} className="flex items-center gap-2 px-3 py-1.5">
            <span className="min-w-0 flex-1">
              <span className="block truncate text-sm text-ink">{nameOf(preset)}</span>
              <span className="block text-xs text-faint">{detailOf(preset)}</span>
            </span>
            <Button
              size="small"
              aria-label={`Use ${nameOf(preset)}`}
              onClick={() => {
                onUse(preset)
              }}
            >
              Use
            </Button>
            {onRemove && (
              <IconButton
                size="small"
                label={`Remove ${nameOf(preset)}`}
                icon={<Trash2 />}
                onClick={() => {
                  onRemove(preset)
                }}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Settings with a name: kept, brought back and removed. */
function PresetsDialog({ onClose }: { readonly onClose: () => void }) {
  const { own, builtIn, labelOf, apply, save, remove } = usePresets()
  const [name, setName] = useState('')
  const [problem, setProblem] = useState<string | undefined>()
  const form = useId()
  const replaced = own.find((other) => other.name.toLowerCase() === name.trim().toLowerCase())?.name
  const choicesOf = ({ choices }: Preset) =>
    `${orientationLabel(choices.orientation)} · ${modeWords[choices.mode]} · ${choices.keepSound ? 'with' : 'without'} sound`
  const use = (preset: Preset) => {
    apply(preset)
    onClose()
  }

  async function keep() {
    const saved = await save(name)
    if (saved.ok) setName('')
    else setProblem(saved.problem.message)
  }

  return (
    <Modal title="Presets" description={text.presets} onClose={onClose}>
      <div className="space-y-5">
        <form
          id={form}
          className="flex items-end gap-2"
          onSubmit={(event) => {
            event.preventDefault()
            if (name.trim() !== '') void keep()
          }}
        >
          <div className="min-w-0 flex-1">
            <TextField
              label="Save the current settings as"
              value={name}
              maxLength={60}
              initialFocus
              problem={problem}
              onChange={(value) => {
                setName(value)
                setProblem(undefined)
              }}
            />
          </div>
          <Button type="submit" look="primary" disabled={name.trim() === ''}>
            {replaced === undefined ? 'Save' : 'Replace'}
          </Button>
        </form>
        <PresetList
          title="Your presets"
          presets={own}
          nameOf={(preset) => preset.name}
          detailOf={(preset) => `${labelOf(preset)} · ${choicesOf(preset)}`}
          onUse={use}
          onRemove={remove}
        />
        <PresetList
          title="For each model"
          presets={builtIn}
          nameOf={labelOf}
          detailOf={choicesOf}
          onUse={use}
        />
      </div>
    </Modal>
  )
}

/** Opens the settings that have a name. */
export function PresetMenu() {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button
        size="small"
        icon={<Bookmark />}
        aria-haspopup="dialog"
        onClick={() => {
          setOpen(true)
        }}
      >
        Presets
      </Button>
      {open && (
        <PresetsDialog
          onClose={() => {
            setOpen(false)
          }}
        />
      )}
    </>
  )
}
