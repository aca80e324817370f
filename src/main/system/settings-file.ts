import Conf from 'conf'
import { systemClock } from './clock.ts'
import type { SettingsStore } from './ports.ts'
import { createSettingsStore } from './settings-store.ts'

/** The settings of the faces without Electron: the same `settings.json` that electron-store writes there. */
export const openSettingsFile = (home: string, now = systemClock.now): SettingsStore =>
  createSettingsStore({
    home,
    now,
    open: () =>
      new Conf({ cwd: home, configName: 'settings', clearInvalidConfig: false, configFileMode: 0o600 }),
  })
