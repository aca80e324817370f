import { builtInPresets } from '../../../shared/domain/preset.ts'
import { playChime } from '../../lib/chime.ts'
import { modelWords } from '../../lib/setting-words.ts'
import { useApp } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { SelectField } from '../../ui/SelectField.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { SettingList, SettingRow } from './SettingRow.tsx'
import { text } from './text.ts'

/** No preset has an empty name. */
const lastTake = ''

function StartPreset() {
  const startPreset = useApp((state) => state.settings.startPreset)
  const own = useApp((state) => state.settings.presets)
  const providers = useApp((state) => state.providers)
  const changeSettings = useApp((state) => state.changeSettings)
  const builtIn = builtInPresets(providers.flatMap(({ models }) => models))
  const options = [
    { value: lastTake, label: text.lastTake },
    ...own.map(({ name }) => ({ value: name, label: name })),
    ...builtIn.map(({ name, choices }) => ({ value: name, label: modelWords(choices) })),
  ]
  // One that was removed since counts as none.
  const value = options.some((option) => option.value === startPreset) ? startPreset : lastTake
  return (
    <div className="py-3">
      <SelectField
        label="New takes start with"
        hint={text.startPreset}
        value={value ?? lastTake}
        options={options}
        onChange={(name) => void changeSettings({ startPreset: name === lastTake ? null : name })}
      />
    </div>
  )
}

function Limits({ onLeave }: { readonly onLeave: () => void }) {
  const { perDay } = useApp((state) => state.settings.guards)
  const openAccounts = useApp((state) => state.openAccounts)
  return (
    <SettingRow label="Day limit" value={perDay === null ? text.noLimit : `${perDay.toFixed(2)} USD`}>
      <Button
        size="small"
        onClick={() => {
          onLeave()
          openAccounts('spending')
        }}
      >
        Change limits…
      </Button>
    </SettingRow>
  )
}

export function Takes({ onLeave }: { readonly onLeave: () => void }) {
  const { notifications, notificationSound, volume } = useApp((state) => state.settings)
  const face = useApp((state) => state.about?.face)
  const changeSettings = useApp((state) => state.changeSettings)
  return (
    <SettingList title="Takes">
      <StartPreset />
      <div className="py-3">
        <Switch
          label="Notify me when a take is done"
          hint={face === 'browser' ? text.desktopOnly : text.systemNotifications}
          checked={notifications}
          onChange={(checked) => void changeSettings({ notifications: checked })}
        />
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
        <div className="min-w-0 flex-1 basis-56">
          <Switch
            label="Play a sound"
            hint={text.sound}
            checked={notificationSound}
            onChange={(checked) => void changeSettings({ notificationSound: checked })}
          />
        </div>
        <Button size="small" onClick={() => void playChime(volume)}>
          Test sound
        </Button>
      </div>
      <Limits onLeave={onLeave} />
    </SettingList>
  )
}
