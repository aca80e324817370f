import { spawnSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  aClip,
  aFolder,
  aHost,
  anImage,
  aPractice,
  correlation,
  ffmpeg,
  finished,
  submit,
  taskIn,
} from './support.ts'

type Probe = {
  readonly streams: readonly Record<string, unknown>[]
  readonly format: Record<string, unknown>
}

const probe = (file: string) =>
  JSON.parse(
    spawnSync('ffprobe', ['-v', 'error', '-show_streams', '-show_format', '-of', 'json', file], {
      encoding: 'utf8',
    }).stdout,
  ) as Probe

/** Middle of whatever is much redder, or much brighter, than the corner of the picture: one number per frame. */
function trackX(file: string, channel: 'red' | 'bright'): number[] {
  const [width, height] = [160, 192]
  const size = `${String(width)}:${String(height)}`
  const { stdout } = spawnSync(
    'ffmpeg',
    ['-v', 'error', '-i', file, '-vf', `scale=${size}`, '-pix_fmt', 'rgb24', '-f', 'rawvideo', 'pipe:1'],
    { maxBuffer: 1 << 28 },
  )
  const frameBytes = width * height * 3
  return Array.from({ length: stdout.length / frameBytes }, (_, frame) => {
    let [sum, moment] = [0, 0]
    // The lowest sixth says what practice is.
    for (let y = 0; y < Math.floor((height * 5) / 6); y++) {
      for (let x = 0; x < width; x++) {
        const at = frame * frameBytes + (y * width + x) * 3
        const [red = 0, green = 0] = [stdout[at], stdout[at + 1]]
        if (channel === 'red' ? red - green < 60 : red < 140) continue
        sum += 1
        moment += x
      }
    }
    return moment / sum
  })
}

describe('a practice result', () => {
  const stack = new AsyncDisposableStack()
  let folder: string
  let perform: (clip: string, change?: Record<string, unknown>) => Promise<string>

  beforeAll(async () => {
    folder = stack.use(await aFolder()).path
    const server = stack.use(await aPractice(join(folder, 'practice')))
    const image_url = (await anImage(320, 480)).toString('base64')
    perform = async (clip, change) => {
      const { url } = stack.use(await aHost(clip))
      const body = { image_url, video_url: url, character_orientation: 'image', mode: 'std', ...change }
      const { task_id } = taskIn(await submit(server.origin, body))
      const task = await finished(server.origin, task_id)
      expect(task).toMatchObject({ task_status: 'succeed', task_status_msg: '' })
      const target = join(folder, `result-${task_id}.mp4`)
      await writeFile(target, await (await fetch(task.task_result?.videos[0]?.url ?? '')).bytes())
      return target
    }
  })
  afterAll(() => stack.disposeAsync())

  it('moves its character sideways as the subject of the clip moves', async () => {
    const clip = join(folder, 'swing.mp4')
    await aClip(clip, { seconds: 3, rate: 15 })
    const result = await perform(clip)
    const [subject, character] = [trackX(clip, 'bright'), trackX(result, 'red')]
    expect(character).toHaveLength(subject.length)
    expect(Math.max(...character) - Math.min(...character)).toBeGreaterThan(160 * 0.1)
    expect(correlation(subject, character)).toBeGreaterThanOrEqual(0.9)
  })

  it('has the length, frame rate and sound of the clip, and the shape of the image', async () => {
    const clip = join(folder, 'sound.mp4')
    await aClip(clip, { seconds: 3.2, rate: 10, sound: true })
    const { streams, format } = probe(await perform(clip))
    expect(streams.map((stream) => stream['codec_name'])).toEqual(['h264', 'aac'])
    expect(streams[0]).toMatchObject({
      ...{ pix_fmt: 'yuv420p', avg_frame_rate: '10/1', nb_frames: '32', width: 320, height: 480 },
    })
    expect(Number(streams[0]?.['duration'])).toBeCloseTo(3.2, 2)
    expect(Number(streams[1]?.['duration'])).toBeCloseTo(3.2, 1)
    expect(format['tags']).not.toHaveProperty('comment')
  })

  it('is silent when the sound is not kept, and has the shape of the clip for video orientation', async () => {
    const clip = join(folder, 'wide.mp4')
    await aClip(clip, { seconds: 3, rate: 8, sound: true, size: { width: 640, height: 360 } })
    const { streams } = probe(
      await perform(clip, { character_orientation: 'video', keep_original_sound: 'no' }),
    )
    expect(streams).toHaveLength(1)
    expect(streams[0]).toMatchObject({ width: 640, height: 360, nb_frames: '24' })
  })

  it('comes from a clip in which nothing moves as well', async () => {
    const clip = join(folder, 'still.mp4')
    await ffmpeg('-f', 'lavfi', '-i', 'color=gray:s=400x400:r=5:d=3', '-pix_fmt', 'yuv420p', clip)
    expect(probe(await perform(clip)).streams[0]).toMatchObject({ nb_frames: '15' })
  })
})
