import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { electronPath } from '../../../scripts/lib/binaries.mjs'
import { hasDisplay } from '../../../scripts/lib/face.mjs'

export const root = join(import.meta.dirname, '../../..')

/** Electron's program where it can be driven, else why not. Looks only: importing `electron` would start its download. */
export function electronBinary(): { readonly path: string } | { readonly missing: string } {
  const path = electronPath()
  if (path === null) return { missing: 'the Electron binary is not on this machine' }
  if (!hasDisplay({ platform: process.platform, env: process.env }))
    return { missing: 'there is no display for a window' }
  if (!existsSync(join(root, 'out/main/index.js'))) return { missing: 'the studio is not built' }
  return { path }
}
