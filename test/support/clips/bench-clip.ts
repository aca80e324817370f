import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMedia } from '../../../src/main/media/create-media.ts'
import { findTools, toolPaths } from '../../../src/main/media/find-tools.ts'
import { createRunTool } from '../../../src/main/processes/run-tool.ts'

/** Half a minute of 1080p with grain and sound, at the seven megabits of a good download. */
export async function benchClip(gop: number) {
  const folder = await mkdtemp(join(tmpdir(), 'understudy-bench-'))
  const run = createRunTool()
  const tools = toolPaths(await findTools({ run }))
  const path = join(folder, 'clip.mp4')
  const made = await run({
    command: tools.ffmpeg ?? '',
    args: [
      ...['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=s=1920x1080:r=30:d=30,noise=alls=6:allf=t'],
      ...['-f', 'lavfi', '-i', 'sine=frequency=300:sample_rate=48000:d=30', '-pix_fmt', 'yuv420p'],
      ...['-c:v', 'libx264', '-preset', 'veryfast', '-bf', '3', '-g', String(gop), '-c:a', 'aac', path],
    ],
    wallLimit: 600_000,
  })
  if (made.exitCode !== 0) throw new Error(made.stderr)
  const media = createMedia({ tools: () => Promise.resolve(tools), run, workFolder: join(folder, 'work') })
  const facts = await media.inspect(path)
  if (!facts.ok || facts.value.kind !== 'clip') throw new Error('no clip')
  return { media, path, facts: facts.value, remove: () => rm(folder, { recursive: true, force: true }) }
}

/** Milliseconds; the first run, on a cold cache, is one of them. */
export async function median(runs: number, work: () => Promise<void>): Promise<number> {
  const times: number[] = []
  for (let nth = 0; nth < runs; nth += 1) {
    const start = performance.now()
    await work()
    times.push(performance.now() - start)
  }
  times.sort((left, right) => left - right)
  return Math.round(times[times.length >> 1] ?? 0)
}
