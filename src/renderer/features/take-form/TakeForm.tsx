import { type ReactNode, useEffect } from 'react'
import type { ModelRules } from '../../../shared/rules/rules.ts'
import { useApp } from '../../state/store.ts'
import { Segmented } from '../../ui/Segmented.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { CallbackField, PromptField } from './PromptField.tsx'
import { HostChoice } from './HostChoice.tsx'
import { chosenModel } from '../../state/inputs.ts'
import { OrientationChoice } from './OrientationChoice.tsx'
import { PresetMenu } from './Presets.tsx'
import { ProviderChoice } from './ProviderChoice.tsx'
import { modeWords } from '../../lib/setting-words.ts'
import { chosenAccount } from '../../state/accounts.ts'
import { text } from './text.ts'

type TakeFormProps = {
  readonly element: (model: ModelRules) => ReactNode
  readonly findings: ReactNode
}

/** Everything about a take besides the two files; only what the chosen model knows. */
export function TakeForm({ element, findings }: TakeFormProps) {
  const model = useApp(chosenModel)
  const mode = useApp((state) => state.takeSettings.mode)
  const keepSound = useApp((state) => state.takeSettings.keepSound)
  const watermark = useApp((state) => state.takeSettings.watermark)
  const changeTakeSettings = useApp((state) => state.changeTakeSettings)
  if (!model) return null
  return (
    <form
      aria-label="Settings of the take"
      className="space-y-5"
      onSubmit={(event) => {
        event.preventDefault()
      }}
    >
      <div className="flex justify-end">
        <PresetMenu />
      </div>
      <ProviderChoice />
      <HostChoice />
      <OrientationChoice model={model} />
      {model.modes.length > 1 && (
        <div>
          <p aria-hidden className="mb-1.5 text-xs text-soft">
            Mode
          </p>
          <Segmented
            label="Mode"
            className="w-full"
            value={mode}
            options={model.modes.map((value) => ({ value, label: modeWords[value] }))}
            onChange={(value) => {
              changeTakeSettings({ mode: value })
            }}
          />
        </div>
      )}
      <PromptField
        field="prompt"
        label="Prompt"
        hint="Surroundings, light, style…"
        limit={model.promptLimit}
        rows={4}
        required={model.rules.some(
          ({ rule, severity }) => rule === 'prompt.required' && severity === 'error',
        )}
      />
      {model.negativePrompt && (
        <PromptField
          field="negativePrompt"
          label="Negative prompt"
          hint="What to avoid…"
          limit={model.promptLimit}
          rows={2}
        />
      )}
      {model.keepSound && (
        <Switch
          label="Keep the clip’s sound"
          checked={keepSound}
          onChange={(checked) => {
            changeTakeSettings({ keepSound: checked })
          }}
        />
      )}
      {model.watermark && (
        <Switch
          label="Watermark"
          hint={text.watermark}
          checked={watermark}
          onChange={(checked) => {
            changeTakeSettings({ watermark: checked })
          }}
        />
      )}
      {element(model)}
      <CallbackField />
      {findings}
    </form>
  )
}

const hasKey = (state: string | undefined) =>
  state !== undefined && state !== 'none' && state !== 'needed-again'

/** Keeps account, clip hosts and price in step with what is chosen and with what the accounts page changed. */
export function useReach(): void {
  const accounts = useApp((state) => state.accounts)
  const changeTakeSettings = useApp((state) => state.changeTakeSettings)
  const readHosts = useApp((state) => state.readHosts)
  const readPriceOnce = useApp((state) => state.readPriceOnce)
  const account = useApp((state) => chosenAccount(state)?.account.id ?? null)
  const keyed = useApp((state) => hasKey(chosenAccount(state)?.key.state))
  const model = useApp((state) => chosenModel(state)?.model)
  const livePrice = useApp((state) => chosenModel(state)?.livePrice === true)
  const pageOpen = useApp((state) => state.accountsPlace !== null)
  const connected = useApp((state) => state.connected)

  useEffect(() => {
    changeTakeSettings({})
  }, [accounts, changeTakeSettings])

  useEffect(() => {
    if (account !== null && !pageOpen && connected) void readHosts(account)
  }, [account, pageOpen, connected, readHosts])

  useEffect(() => {
    if (account !== null && keyed && livePrice && model !== undefined && connected)
      void readPriceOnce(account, model)
  }, [account, keyed, livePrice, model, connected, readPriceOnce])
}
