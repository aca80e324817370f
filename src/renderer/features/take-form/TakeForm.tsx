import { useEffect } from 'react'
import type { ModelRules } from '../../../shared/rules/rules.ts'
import { useApp } from '../../state/store.ts'
import { Segmented } from '../../ui/Segmented.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { PromptField } from './PromptField.tsx'
import { chosenModel } from '../../state/inputs.ts'
import { OrientationChoice } from './OrientationChoice.tsx'
import { modeWords } from '../../lib/setting-words.ts'
import { chosenAccount, isKeyed } from '../../state/accounts.ts'
import { text } from './text.ts'

/** What is chosen for every take: framing, mode, prompt and sound; only what the chosen model knows. */
export function MainSettings({ model }: { readonly model: ModelRules }) {
  const mode = useApp((state) => state.takeSettings.mode)
  const keepSound = useApp((state) => state.takeSettings.keepSound)
  const changeTakeSettings = useApp((state) => state.changeTakeSettings)
  return (
    <>
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
      <PromptField field="prompt" rows={3} />
      {model.negativePrompt && <PromptField field="negativePrompt" rows={2} />}
      {model.keepSound && (
        <Switch
          label="Keep the clip’s sound"
          checked={keepSound}
          onChange={(checked) => {
            changeTakeSettings({ keepSound: checked })
          }}
        />
      )}
    </>
  )
}

/** The provider's own mark. */
export function WatermarkSwitch() {
  const watermark = useApp((state) => state.takeSettings.watermark)
  const changeTakeSettings = useApp((state) => state.changeTakeSettings)
  return (
    <Switch
      label="Watermark"
      hint={text.watermark}
      checked={watermark}
      onChange={(checked) => {
        changeTakeSettings({ watermark: checked })
      }}
    />
  )
}

/** Keeps account, clip hosts and price in step with what is chosen and with what the accounts page changed. */
export function useReach(): void {
  const accounts = useApp((state) => state.accounts)
  const changeTakeSettings = useApp((state) => state.changeTakeSettings)
  const readHosts = useApp((state) => state.readHosts)
  const readPriceOnce = useApp((state) => state.readPriceOnce)
  const account = useApp((state) => chosenAccount(state)?.account.id ?? null)
  const keyed = useApp((state) => isKeyed(chosenAccount(state)))
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
