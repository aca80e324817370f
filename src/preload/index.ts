import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { createBridge } from './bridge.ts'

contextBridge.exposeInMainWorld(
  'understudy',
  createBridge({
    invoke: (channel, ...args) => ipcRenderer.invoke(channel, ...args) as Promise<unknown>,
    on: (channel, relay) => ipcRenderer.on(channel, relay),
    off: (channel, relay) => ipcRenderer.off(channel, relay),
    pathOf: (file) => webUtils.getPathForFile(file),
  }),
)
