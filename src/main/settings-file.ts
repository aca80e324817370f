import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Conf from 'conf'
import type { SettingsStore } from './ports.ts'
import { createSettingsStore } from './settings-store.ts'

/** The settings of the faces without Electron: the same `settings.json` that electron-store writes there. */
export const openSettingsFile = (home: string): SettingsStore =>
  createSettingsStore(
    () => new Conf({ cwd: home, configName: 'settings', clearInvalidConfig: true }),
    () => existsSync(join(home, 'settings.json')),
  )
