import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runFfmpeg } from '../../src/main/media/ffmpeg.ts'
import { maxGraphArgument, withGraphFile } from '../../src/main/media/graph-file.ts'
import { tickExpression } from '../../src/main/media/export/tick-expression.ts'
import { damaged } from '../../src/main/media/problems.ts'
import { installerTool } from '../../src/main/media/tools/bundled.ts'
import type { ToolExit } from '../../src/main/system/ports.ts'
import * as clips from '../support/clips/clips.ts'
import { createWorkbench, valueOf, type Workbench } from '../support/clips/media-kit.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await createWorkbench()
})
afterAll(() => bench.remove())

const exit = (stderr: string): ToolExit => ({
  ended: 'exit',
  exitCode: stderr === '' ? 0 : 1,
  stdout: new Uint8Array(),
  stderr,
})

describe('a graph too long for a command line', () => {
  it.each([
    ['the ffmpeg that is used', null],
    ['the oldest one that set-up accepts', installerTool('@ffmpeg-installer/ffmpeg')],
  ])('is read by %s from a file, of which nothing stays', async (_name, program) => {
    const mediaTools = { ...bench.mediaTools, ...(program !== null && { ffmpeg: program }) }
    const source = await clips.blink(bench.folder)
    const target = join(bench.folder, `long-${String(program === null)}.mkv`)
    const commands: string[] = []
    // One frame after the other, each two ticks after the one before, as a list of twenty thousand.
    const list = tickExpression(Array.from({ length: 20_000 }, (_, frame) => 2 * frame))
    const graph = `[0:v]settb=1/60,setpts='${list}'[v]`
    expect(graph.length).toBeGreaterThan(maxGraphArgument)
    valueOf(
      await runFfmpeg(
        mediaTools,
        {
          job: { inputs: [{ path: source }], graph, options: ['-map', '[v]', '-c:v', 'ffv1'], target },
          doing: 'Testing',
          duration: 1,
          otherwise: (detail) => damaged(source, detail),
        },
        { onCommand: (line) => commands.push(line) },
      ),
    )
    expect(await clips.frameNumbers(target)).toHaveLength(15)
    expect(commands.every((line) => line.length < 2000)).toBe(true)
    expect(readdirSync(mediaTools.workFolder)).toEqual([])
  })

  it('is given in the other way where a build has dropped the first', async () => {
    const asked: (readonly string[])[] = []
    const outcome = await withGraphFile(bench.mediaTools, '[0:v]null[v]', (options) => {
      asked.push(options)
      expect(readFileSync(options[1] ?? '', 'utf8')).toBe('[0:v]null[v]')
      return Promise.resolve(
        exit(options[0] === '-/filter_complex' ? '' : "Unrecognized option 'filter_complex_script'.\n"),
      )
    })
    expect(outcome.exitCode).toBe(0)
    expect(asked.map(([option]) => option)).toEqual(['-filter_complex_script', '-/filter_complex'])
    expect(existsSync(asked[1]?.[1] ?? '')).toBe(false)
  })

  it('is not tried twice for another reason', async () => {
    let runs = 0
    const outcome = await withGraphFile(bench.mediaTools, 'null', () => {
      runs += 1
      return Promise.resolve(exit('Invalid data found'))
    })
    expect([outcome.exitCode, runs]).toEqual([1, 1])
  })
})
