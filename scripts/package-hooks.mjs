// What electron-builder calls while it packs.
import { chmodSync, copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { Arch } from 'electron-builder'
import { afterPack as flip } from './fuses.mjs'
import { root } from './lib/paths.mjs'
import { isPublished, pinnedTools } from './lib/pinned-tools.mjs'

/**
 * Why a package for a target cannot be made: it brings its own ffmpeg and ffprobe, and only those that were published.
 *
 * @returns {string | null}
 */
export function missingTools(
  /** @type {import('./lib/pinned-tools.mjs').Target} */ target,
  tools = pinnedTools(target),
) {
  const machine = `${target.platform}-${target.arch}`
  if (tools.length === 0) return `No ffmpeg is published for ${machine}, so it can’t be packaged.`
  if (tools.every(isPublished)) return null
  return (
    `The published ffmpeg and ffprobe for ${machine} aren’t in node_modules/ffmpeg-static, and a package needs ` +
    `them. On ${machine}, run: npm run setup -- --retry`
  )
}

export function beforePack(
  /** @type {Pick<import('electron-builder').AfterPackContext, 'arch' | 'electronPlatformName'>} */ context,
) {
  const missing = missingTools({ platform: context.electronPlatformName, arch: Arch[context.arch] })
  if (missing !== null) throw new Error(missing)
}

export async function afterPack(/** @type {import('electron-builder').AfterPackContext} */ context) {
  await flip(context)
  if (context.electronPlatformName !== 'linux') return
  // The AppImage takes it in place of the launcher that electron-builder writes; the deb leaves it out.
  const launcher = join(context.appOutDir, 'AppRun')
  copyFileSync(join(root, 'scripts', 'linux', 'AppRun'), launcher)
  chmodSync(launcher, 0o755)
}
