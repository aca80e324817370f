// Stands where electron-vite starts Electron: the browser face, with the page served by Vite.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { acquire } from './one-at-a-time.mjs'
import { entries, root } from './paths.mjs'

// electron-vite starts the next one before the last has ended, and both want the same library and port.
await acquire(join(root, '.cache', 'dev.lock'))
process.env['UNDERSTUDY_RENDERER_URL'] = process.env['ELECTRON_RENDERER_URL']
await import(pathToFileURL(entries.web).href)
