import { languages, startUps, type Language, type Settings } from '../../../shared/domain/settings.ts'
import { useApp } from '../../state/store.ts'
import { useVolume } from '../../state/use-volume.ts'
import { Segmented } from '../../ui/Segmented.tsx'
import { SelectField } from '../../ui/SelectField.tsx'
import { Slider } from '../../ui/Slider.tsx'
import { SettingList, SettingRow } from './SettingRow.tsx'
import { ThemeSwitch } from './ThemeSwitch.tsx'
import { text } from './text.ts'

const languageNames: Readonly<Record<Language, string>> = { en: 'English' }
const startUpWords: Readonly<Record<Settings['startUp'], string>> = {
  'last-desk': 'What was open',
  empty: 'Nothing',
}

function Volume() {
  const [volume, setVolume] = useVolume()
  const percent = Math.round(volume * 100)
  return (
    <div className="flex items-center gap-3">
      <Slider
        className="w-40"
        labels={['Volume']}
        values={[percent]}
        min={0}
        max={100}
        step={5}
        describe={(value) => `${String(value)} percent`}
        onChange={([value = 0]) => {
          setVolume(value / 100)
        }}
      />
      <span aria-hidden className="tabular w-10 text-right text-xs text-soft">
        {percent} %
      </span>
    </div>
  )
}

export function General() {
  const { language, startUp } = useApp((state) => state.settings)
  const changeSettings = useApp((state) => state.changeSettings)
  return (
    <SettingList title="General">
      <SettingRow label="Theme">
        <ThemeSwitch />
      </SettingRow>
      <SettingRow label="Language">
        <SelectField
          label="Language"
          labelHidden
          value={language}
          options={languages.map((value) => ({ value, label: languageNames[value] }))}
          onChange={(value) => void changeSettings({ language: value })}
        />
      </SettingRow>
      <SettingRow label="Volume" hint={text.volume}>
        <Volume />
      </SettingRow>
      <SettingRow label="Start with" hint={text.startUp}>
        <Segmented
          label="Start with"
          value={startUp}
          options={startUps.map((value) => ({ value, label: startUpWords[value] }))}
          onChange={(value) => void changeSettings({ startUp: value })}
        />
      </SettingRow>
    </SettingList>
  )
}
