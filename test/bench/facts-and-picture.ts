import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMedia } from '../../src/main/media/create-media.ts'
import { findTools, toolPaths } from '../../src/main/media/find-tools.ts'
import { createRunTool } from '../../src/main/processes/run-tool.ts'

export const name = 'facts and first picture after a drop: 30 s, 1080p, H.264'
export const limit = { p95: 300, unit: 'ms' }

const runs = 60

/** What a drop waits for: the facts of the clip and its first picture, over and over on a warm file. */
export async function run() {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-bench-'))
  try {
    const tool = createRunTool()
    const tools = toolPaths(await findTools({ run: tool }))
    const clip = join(folder, 'clip.mp4')
    const picture = 'testsrc2=size=1920x1080:rate=30:duration=30'
    const made = await tool({
      command: tools.ffmpeg ?? '',
      args: [
        '-v',
        'error',
        '-f',
        'lavfi',
        '-i',
        picture,
        '-c:v',
        'libx264',
        '-preset',
        'ultrafast',
        '-g',
        '250',
        clip,
      ],
      wallLimit: 300_000,
    })
    if (made.exitCode !== 0) throw new Error(made.stderr)
    const media = createMedia({
      tools: () => Promise.resolve(tools),
      run: tool,
      workFolder: join(folder, 'work'),
    })
    const times: number[] = []
    for (let nth = 0; nth < runs; nth += 1) {
      const start = performance.now()
      const facts = await media.inspect(clip)
      if (!facts.ok) throw new Error(facts.problem.message)
      const first = await media.picture(clip, facts.value, 960)
      if (!first.ok) throw new Error(first.problem.message)
      times.push(performance.now() - start)
    }
    times.sort((a, b) => a - b)
    const at = (part: number) => Math.round(times[Math.min(runs - 1, Math.floor(runs * part))] ?? 0)
    return { median: at(0.5), p95: at(0.95), max: at(1), unit: 'ms' }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
