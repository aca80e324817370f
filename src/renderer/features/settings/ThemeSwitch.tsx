import { Monitor, Moon, Sun } from 'lucide-react'
import { useEffect } from 'react'
import { themes, type Theme } from '../../../shared/domain/settings.ts'
import { useApp } from '../../state/store.ts'
import { Segmented } from '../../ui/Segmented.tsx'

const icons = { system: <Monitor />, dark: <Moon />, light: <Sun /> } as const
const words: Readonly<Record<Theme, string>> = { system: 'System', dark: 'Dark', light: 'Light' }

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

const darkSystem = '(prefers-color-scheme: dark)'
const memory = 'understudy-theme'

const show = (theme: string) => {
  document.documentElement.dataset['theme'] = theme
}

/** Shows the theme of the last time at once, so that nothing flashes while the settings are being read. */
export function recallTheme(): void {
  const last = localStorage.getItem(memory)
  if (last !== null) show(last)
}

const resolve = (theme: Theme, systemIsDark: boolean) =>
  theme === 'system' ? (systemIsDark ? 'dark' : 'light') : theme

/** Writes the theme in use to the page, and follows the system while the user has not chosen. */
export function useTheme(): void {
  const theme = useApp((state) => state.settings.theme)
  const known = useApp((state) => state.start.step === 'ready')
  useEffect(() => {
    if (!known) return
    const system = window.matchMedia(darkSystem)
    const apply = () => {
      const resolved = resolve(theme, system.matches)
      show(resolved)
      localStorage.setItem(memory, resolved)
    }
    apply()
    system.addEventListener('change', apply)
    return () => {
      system.removeEventListener('change', apply)
    }
  }, [theme, known])
}
