// `npm run package`: an installer for this system in dist/. Not made without the published ffmpeg and ffprobe in it.
import { join } from 'node:path'
import { ensureBuilt } from './lib/build.mjs'
import { root } from './lib/paths.mjs'
import { run } from './lib/run.mjs'
import { main, Stop } from './lib/say.mjs'
import { setUp } from './lib/set-up.mjs'

await main(async () => {
  const given = process.argv.slice(2)
  const { runtime, media } = await setUp({ retry: given.includes('--retry') })
  if (!media.ok)
    throw new Stop(
      `package: the published ffmpeg and ffprobe are missing (${media.reason}), and a package needs them. ` +
        'Run: npm run package -- --retry',
    )
  await ensureBuilt(runtime)
  const builder = join(root, 'node_modules', 'electron-builder', 'cli.js')
  const others = given.filter((argument) => argument !== '--retry')
  // The AppImage's launcher replaces another file, which a hard link cannot.
  const env = { ...process.env, USE_HARD_LINKS: 'false' }
  const args = [builder, '--config', 'electron-builder.yml', ...others]
  const result = await run(runtime.path, args, { show: true, env })
  return result.code ?? 1
})
