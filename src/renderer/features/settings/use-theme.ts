import { useEffect } from 'react'
import type { Theme } from '../../../shared/settings.ts'
import { useApp } from '../../app/store.ts'

const darkSystem = '(prefers-color-scheme: dark)'

const resolve = (theme: Theme, systemIsDark: boolean) =>
  theme === 'system' ? (systemIsDark ? 'dark' : 'light') : theme

/** Writes the theme in use to the page, and follows the system while the user has not chosen. */
export function useTheme(): void {
  const theme = useApp((state) => state.settings.theme)
  useEffect(() => {
    const system = window.matchMedia(darkSystem)
    const apply = () => {
      document.documentElement.dataset['theme'] = resolve(theme, system.matches)
    }
    apply()
    system.addEventListener('change', apply)
    return () => {
      system.removeEventListener('change', apply)
    }
  }, [theme])
}
