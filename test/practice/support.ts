import { execFile } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import sharp from 'sharp'
import { systemClock } from '../../src/main/system/clock.ts'
import { createRunTool } from '../../src/main/processes/run-tool.ts'
import type { PracticeOptions, PracticeServer } from '../../src/main/practice/practice.ts'
import { createPracticeServer } from '../../src/main/practice/server.ts'
import { scripted, type PracticeScript } from '../support/servers/practice-script.ts'

export const key = 'practice-key'
export const path = '/v1/videos/motion-control'
const tools = { ffmpeg: 'ffmpeg', ffprobe: 'ffprobe' }

type Envelope = {
  readonly code: number
  readonly message: string
  readonly request_id: string
  readonly data: unknown
}

/** A folder that is gone when the test is over. */
export async function aFolder(): Promise<{ path: string } & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'understudy-practice-'))
  return { path: folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) }
}

/** Runs ffmpeg and fails the test with its words. Without blocking: the server under test runs in this process. */
export async function ffmpeg(...args: readonly string[]): Promise<void> {
  await promisify(execFile)('ffmpeg', ['-v', 'error', '-y', ...args])
}

/** A clip with a bright box that swings from side to side; `x` of its left edge is told by `boxAt`. */
export function aClip(
  target: string,
  {
    size = { width: 400, height: 480 },
    seconds = 3,
    rate = 12,
    sound = false,
  }: {
    readonly size?: { readonly width: number; readonly height: number }
    readonly seconds?: number
    readonly rate?: number
    readonly sound?: boolean
  } = {},
): Promise<void> {
  const frames = (colour: string, width: number, height: number) =>
    `color=${colour}:s=${String(width)}x${String(height)}:r=${String(rate)}:d=${String(seconds)}`
  const swing = `(W-w)/2+0.25*W*sin(2*PI*t/1.5)`
  const { width, height } = size
  return ffmpeg(
    ...['-f', 'lavfi', '-i', frames('0x203040', width, height)],
    ...['-f', 'lavfi', '-i', frames('0xe0d0a0', Math.round(width / 5), Math.round(height / 2))],
    ...(sound ? ['-f', 'lavfi', '-i', `sine=frequency=440:duration=${String(seconds)}`] : []),
    ...[
      '-filter_complex',
      `[0][1]overlay=x='${swing}':y=H/4[v]`,
      '-map',
      '[v]',
      ...(sound ? ['-map', '2:a'] : []),
    ],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-movflags', '+faststart', target],
  )
}

/** A figure on a plain ground. */
export function anImage(width = 320, height = 480): Promise<Buffer> {
  const figure = `<svg xmlns="http://www.w3.org/2000/svg" width="${String(width)}" height="${String(height)}">
    <rect width="100%" height="100%" fill="#cfe7e1"/>
    <ellipse cx="50%" cy="55%" rx="15%" ry="35%" fill="#c03030"/></svg>`
  return sharp(Buffer.from(figure)).png().toBuffer()
}

/** Serves one file at any path, as a clip host would. */
export async function aHost(file: string): Promise<{ readonly url: string } & AsyncDisposable> {
  const server = createServer((_, response) => createReadStream(file).pipe(response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${String(port)}/clip.mp4`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export async function aPractice(
  folder: string,
  { script = {}, ...options }: Partial<PracticeOptions> & { readonly script?: PracticeScript } = {},
): Promise<PracticeServer & AsyncDisposable> {
  const machine = { run: createRunTool(), tools, clock: systemClock }
  const server = await createPracticeServer({
    ...{ ...machine, ...scripted(script, machine), folder, key, log: () => undefined },
    durations: { submitted: 0, processing: 0 },
    ...options,
  })
  return { ...server, [Symbol.asyncDispose]: server.close }
}

export type Answer = { readonly status: number; readonly envelope: Envelope }

export async function ask(url: string, init: { method?: string; body?: string } = {}): Promise<Answer> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  const answer = await fetch(url, { ...init, headers })
  return { status: answer.status, envelope: (await answer.json()) as Envelope }
}

export const submit = (origin: string, body: unknown) =>
  ask(`${origin}${path}`, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) })

export type TaskData = {
  readonly task_id: string
  readonly task_status: string
  readonly task_status_msg?: string
  readonly task_info: { readonly external_task_id?: string }
  readonly task_result?: {
    readonly videos: readonly { readonly id: string; readonly url: string; readonly duration: string }[]
  }
  readonly final_unit_deduction?: string
  readonly created_at: number
  readonly updated_at: number
}

// The shape is what these tests are about: a wrong one fails where it is used.
export const taskIn = ({ envelope }: Answer) => envelope.data as TaskData

/** Asks until the task has one of these words. */
export async function until(origin: string, id: string, ...words: readonly string[]): Promise<TaskData> {
  for (;;) {
    const { envelope } = await ask(`${origin}${path}/${encodeURIComponent(id)}`)
    // No data: the task is not there yet.
    const task = envelope.data as TaskData | undefined
    if (task && words.includes(task.task_status)) return task
    await systemClock.sleep(25)
  }
}

export const finished = (origin: string, id: string) => until(origin, id, 'succeed', 'failed')

/** How alike two courses are: 1 for the same shape. */
export function correlation(one: readonly number[], other: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [meanOne, meanOther] = [mean(one), mean(other)]
  const product = mean(one.map((value, n) => (value - meanOne) * ((other[n] ?? NaN) - meanOther)))
  const spread = (values: readonly number[], middle: number) =>
    Math.sqrt(mean(values.map((v) => (v - middle) ** 2)))
  return product / (spread(one, meanOne) * spread(other, meanOther))
}
