import { Monitor, Moon, Sun } from 'lucide-react'
import { themes, type Theme } from '../../../shared/domain/settings.ts'
import { useApp } from '../../state/store.ts'
import { Segmented } from '../../ui/Segmented.tsx'

const icons = { system: <Monitor />, dark: <Moon />, light: <Sun /> } as const
const words: Readonly<Record<Theme, string>> = { system: 'Like the system', dark: 'Dark', light: 'Light' }

export function ThemeSwitch({ iconsOnly = false }: { readonly iconsOnly?: boolean }) {
  const theme = useApp((state) => state.settings.theme)
  const changeSettings = useApp((state) => state.changeSettings)
  return (
    <Segmented
      label="Theme"
      iconsOnly={iconsOnly}
      value={theme}
      options={themes.map((value) => ({ value, label: words[value], icon: icons[value] }))}
      onChange={(value) => void changeSettings({ theme: value })}
    />
  )
}
