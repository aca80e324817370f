import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fingerprint, readInputs } from './fingerprint.mjs'
import { oneAtATime } from './one-at-a-time.mjs'
import { entries, root } from './paths.mjs'
import { run } from './run.mjs'
import { Stop, say } from './say.mjs'

const stamp = join(root, 'out', '.stamp')

function isBuilt(/** @type {string} */ wanted) {
  if (!Object.values(entries).every((path) => existsSync(path))) return false
  try {
    return readFileSync(stamp, 'utf8') === wanted
  } catch {
    return false
  }
}

/** Makes the next start build, whatever the inputs say. */
export function forgetBuild() {
  rmSync(stamp, { force: true })
}

/** Builds all three faces unless nothing they are made of has changed. */
export async function ensureBuilt(/** @type {import('./node-runtime.mjs').Runtime} */ runtime) {
  if (isBuilt(fingerprint(readInputs()))) return
  await oneAtATime(async () => {
    // Taken before the build: what is saved while it runs makes the next start build again.
    const wanted = fingerprint(readInputs())
    if (isBuilt(wanted)) return
    const started = Date.now()
    const result = await run(
      runtime.path,
      [join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js'), 'build', '--logLevel', 'warn'],
      { env: { ...process.env, NODE_ENV: 'production', NO_COLOR: '1' } },
    )
    if (!result.ok) throw new Stop(`build: Understudy couldn’t be built.\n${result.output.trim()}`)
    mkdirSync(join(root, 'out'), { recursive: true })
    writeFileSync(stamp, wanted)
    say(`build: finished in ${((Date.now() - started) / 1000).toFixed(1)} s.`)
  })
}
