import type { IpcMain } from 'electron'
import Store from 'electron-store'
import { systemClock } from '../system/clock.ts'
import type { SettingsStore } from '../system/ports.ts'
import { createSettingsStore } from '../core/settings-store.ts'

/**
 * The settings through electron-store. It opens a channel for stores in windows, on which any frame can learn where the
 * app keeps its data. No window here has a store, so the channel is closed as soon as it is open.
 */
export const openSettings = (ipcMain: Pick<IpcMain, 'removeAllListeners'>, home: string): SettingsStore =>
  createSettingsStore({
    home,
    now: systemClock.now,
    open: () => {
      const store = new Store({
        ...{ cwd: home, name: 'settings' },
        ...{ clearInvalidConfig: false, configFileMode: 0o600 },
      })
      ipcMain.removeAllListeners('electron-store-get-data')
      return store
    },
  })
