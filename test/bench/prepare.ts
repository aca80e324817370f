import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findTools, toolPaths } from '../../src/main/media/find-tools.ts'
import { createRunTool } from '../../src/main/processes/run-tool.ts'
import { memoryOfTree } from '../support/processes/process-tree.ts'

export const name = 'prepare 10 s out of a 1080p clip of 30 s: whole command line against plain ffmpeg'
export const limit = { wallRatio: 1.1, memoryOverAllowed: 0, unit: 'times; MB' }

const pairs = 5

/** From the start of the first process to the end of the last, in seconds; `look` is called meanwhile. */
async function timed(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  look?: (pid: number) => void,
) {
  const start = performance.now()
  const child = spawn(command, [...args], { env, stdio: ['ignore', 'ignore', 'inherit'] })
  const watch = look && setInterval(() => look(child.pid ?? 0), 50)
  const [code] = (await once(child, 'close')) as [number | null]
  clearInterval(watch)
  if (code !== 0) throw new Error(`${command} ended with ${String(code)}`)
  return (performance.now() - start) / 1000
}

/** The most that all processes held at one time, in MB. A run of its own, since looking takes time from the command. */
async function peakMemory(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  let most = 0
  await timed(command, args, env, (pid) => {
    if (process.platform === 'linux') most = Math.max(most, memoryOfTree(pid))
  })
  return most
}

const median = (values: readonly number[]) =>
  [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN
const rounded = (value: number, digits: number) => Number(value.toFixed(digits))

/** The same window, coder and quality as the app uses, and nothing around them. */
const plainArgs = (source: string, target: string) => [
  ...['-v', 'error', '-nostdin', '-ss', '10', '-t', '10', '-i', source],
  ...['-c:v', 'libx264', '-preset', 'medium', '-profile:v', 'high', '-bf', '0', '-crf', '18', '-g', '60'],
  ...['-pix_fmt', 'yuv420p', '-c:a', 'aac', '-b:a', '160k', '-ar', '48000'],
  ...['-movflags', '+faststart', '-y', target],
]

const prepareArgs = (source: string, out: string) => [
  ...['run', '--silent', 'understudy', '--', 'prepare', '--clip', source, '--out', out],
  ...['--in', '10', '--length', '10', '--provider', 'practice', '--json'],
]

async function makeSource(ffmpeg: string, path: string): Promise<void> {
  const made = await createRunTool()({
    command: ffmpeg,
    args: [
      ...['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=size=1920x1080:rate=30:duration=30'],
      ...['-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000:duration=30'],
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '60', '-crf', '20'],
      ...['-pix_fmt', 'yuv420p', '-c:a', 'aac', path],
    ],
    wallLimit: 600_000,
  })
  if (made.exitCode !== 0) throw new Error(made.stderr)
}

/** Pairs that follow on each other, so that a machine that grows slower is slow for both. */
export async function run() {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-bench-'))
  try {
    const { ffmpeg } = toolPaths(await findTools({ run: createRunTool() }))
    if (ffmpeg === null) throw new Error('This machine has no ffmpeg.')
    const source = join(folder, 'source.mp4')
    await makeSource(ffmpeg, source)
    const env = { ...process.env, UNDERSTUDY_HOME: join(folder, 'home') }
    const app: number[] = []
    const plain: number[] = []
    const bare = plainArgs(source, join(folder, 'plain.mp4'))
    for (let nth = 0; nth < pairs; nth += 1) {
      app.push(await timed('npm', prepareArgs(source, join(folder, String(nth))), env))
      plain.push(await timed(ffmpeg, bare, env))
    }
    const ratios = app.map((seconds, nth) => seconds / (plain[nth] ?? Number.NaN))
    const memory = await peakMemory('npm', prepareArgs(source, join(folder, 'memory')), env)
    const allowed = 1.2 * (await peakMemory(ffmpeg, bare, env)) + 120
    return {
      wallRatio: rounded(median(ratios), 3),
      seconds: rounded(median(app), 2),
      plainSeconds: rounded(median(plain), 2),
      memory: rounded(memory, 0),
      memoryAllowed: rounded(allowed, 0),
      memoryOverAllowed: Math.max(0, rounded(memory - allowed, 0)),
      unit: 'times; s; MB',
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
