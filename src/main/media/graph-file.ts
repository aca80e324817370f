import { randomUUID } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ToolExit } from '../system/ports.ts'
import type { MediaTools } from './media.ts'

/** Windows ends a command line at 32,767 characters; everything but the graph needs far less than the rest. */
export const maxGraphArgument = 20_000

/** How ffmpeg is told to read a graph from a file: until 8 the one way, from 7 the other, and 9 has dropped the first. */
const spellings = ['-filter_complex_script', '-/filter_complex'] as const

const isUnknown = ({ stderr }: ToolExit, option: string) =>
  stderr.includes(`Unrecognized option '${option.slice(1)}'`)

/** Runs ffmpeg with a graph from a file, in the way that this build knows. A refused option costs no work: nothing was opened. */
export async function withGraphFile(
  { workFolder, trackFile }: Pick<MediaTools, 'workFolder' | 'trackFile'>,
  graph: string,
  run: (options: readonly string[]) => Promise<ToolExit>,
): Promise<ToolExit> {
  await mkdir(workFolder, { recursive: true, mode: 0o700 })
  const file = join(workFolder, `${randomUUID()}.graph`)
  const untrack = trackFile(file)
  try {
    await writeFile(file, graph, { mode: 0o600, flag: 'wx' })
    const exit = await run([spellings[0], file])
    return isUnknown(exit, spellings[0]) ? await run([spellings[1], file]) : exit
  } finally {
    await rm(file, { force: true }).then(untrack, () => undefined)
  }
}
