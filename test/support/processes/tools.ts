import { findTools, toolPaths } from '../../../src/main/media/find-tools.ts'
import { createRunTool } from '../../../src/main/processes/run-tool.ts'

export const runTool = createRunTool()

const found = findTools({ run: runTool })

/** The ffmpeg and ffprobe the app itself would use; tests have no others. */
export async function realTools(): Promise<{ readonly ffmpeg: string; readonly ffprobe: string }> {
  const { ffmpeg, ffprobe } = toolPaths(await found)
  if (ffmpeg === null || ffprobe === null)
    throw new Error('Media tests need ffmpeg and ffprobe; run the set-up.')
  return { ffmpeg, ffprobe }
}

async function output(command: string, args: readonly string[]): Promise<Buffer> {
  const exit = await runTool({ command, args, wallLimit: 120_000 })
  if (exit.ended !== 'exit' || exit.exitCode !== 0)
    throw new Error(
      `${command} ${args.join(' ')}\nended: ${exit.ended}, ${String(exit.exitCode)}\n${exit.stderr}`,
    )
  return Buffer.from(exit.stdout)
}

/** Runs the real ffmpeg for a fixture or a measurement and gives its standard output. */
export const ffmpeg = async (...args: readonly string[]): Promise<Buffer> =>
  output((await realTools()).ffmpeg, ['-v', 'error', '-nostdin', ...args])

export const ffprobe = async (...args: readonly string[]): Promise<string> =>
  (await output((await realTools()).ffprobe, ['-v', 'error', ...args])).toString('utf8')
