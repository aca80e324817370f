import {
  copyFileSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeClip } from '../support/clips/clips.ts'
import { freely, takeId } from '../support/library/library.ts'
import type { ToolPaths } from '../../src/main/system/ports.ts'
import { hugePng } from '../support/clips/pictures.ts'
import { scriptedServer } from '../support/servers/scripted-server.ts'
import { noSmallDisk, smallDisk } from '../support/processes/small-disk.ts'
import { realTools } from '../support/processes/tools.ts'
import { waitUntil } from '../support/processes/wait-until.ts'
import { isAlive } from '../support/processes/a-parent.ts'
import { accepted, prepareStage, refusal } from './prepare-stage.ts'

const stage = prepareStage()
const withTools = (change: Partial<ToolPaths>) => ({
  tools: async () => ({ ...(await realTools()), ...change }),
})
const withFfmpeg = (ffmpeg: string | null) => withTools({ ffmpeg })

describe('a file that is no video', () => {
  const sentinel = 'sentinel-of-a-private-file'
  const disguises = (origin: string): Readonly<Record<string, string>> => ({
    'a playlist of ffmpeg': "ffconcat version 1.0\nfile 'private.mp4'\n",
    'a playlist of ffmpeg on the web': `ffconcat version 1.0\nfile '${origin}/a.mp4'\n`,
    'an HLS playlist': '#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\nprivate.mp4\n#EXT-X-ENDLIST\n',
    'an HLS playlist on the web': `#EXTM3U\n#EXTINF:4,\n${origin}/a.ts\n#EXT-X-ENDLIST\n`,
    'a DASH manifest': `<?xml version="1.0"?><MPD><Period><AdaptationSet><BaseURL>${origin}/a.mp4</BaseURL></AdaptationSet></Period></MPD>`,
  })

  it.each(Object.keys(disguises('')))(
    '1 · %s renamed .mp4: refused, no other file read, no request',
    async (what) => {
      const web = await scriptedServer((_seen, response) => response.end())
      try {
        const bench = await stage.open()
        const order = stage.take()
        writeFileSync(join(stage.folder(), 'private.mp4'), sentinel)
        writeFileSync(order.clip, disguises(web.origin)[what] ?? '')
        expect(await refusal(bench, order)).toMatchObject({ code: 'not-a-video' })
        expect([stage.pids(), web.seen]).toEqual([[], []])
        await stage.expectNothingLeft()
        const holding = readdirSync(stage.folder(), { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .filter((entry) => readFileSync(join(entry.parentPath, entry.name)).includes(sentinel))
        expect(holding.map(({ name }) => name)).toEqual(['private.mp4'])
      } finally {
        await web.close()
      }
    },
  )

  it('3 · a picture of 16000 × 16000: refused from its header, no tool started for it', async () => {
    const bench = await stage.open()
    const character = await hugePng(stage.films.folder)
    expect(await refusal(bench, stage.take({ character }))).toMatchObject({ code: 'input-refused' })
    expect(stage.pids()).toEqual([])
    await stage.expectNothingLeft()
  })

  it('4 · a faststart MP4 cut anywhere: refused as damaged', async () => {
    const bench = await stage.open()
    const order = stage.take()
    const whole = statSync(stage.films.clip).size
    for (const kept of [0.2, 0.35, 0.5, 0.65, 0.8, 0.95, 1 - 1 / whole]) {
      copyFileSync(stage.films.clip, order.clip)
      truncateSync(order.clip, Math.floor(whole * kept))
      expect(await refusal(bench, order), `cut at ${String(kept)}`).toMatchObject({ code: 'file-damaged' })
    }
    await stage.expectNothingLeft()
  })

  it('4 · an MP4 with a hole in its pictures: a draft that says so', async () => {
    const bench = await stage.open()
    const order = stage.take()
    const bytes = readFileSync(order.clip)
    bytes.fill(0x5a, Math.floor(bytes.length * 0.5), Math.floor(bytes.length * 0.8))
    writeFileSync(order.clip, bytes)
    await accepted(bench, order)
    await bench.until(takeId, 'DRAFT')
    const { problem } = await stage.expectDraft({ code: 'file-damaged' })
    expect(problem?.message).toContain('dance.mp4')
  })
})

describe('a name', () => {
  it.each([
    '-vf.mp4',
    'a|b%03d.mp4',
    `it's "quoted" \`now\` $(e).mp4`,
    'two\nlines.mp4',
    'Käse 🎬 映画.mp4',
    'a trailing dot.',
    'concat:a|b.mp4',
    `${'x'.repeat(246)}.mp4`,
  ])('2 · %j: prepared like any other', async (name) => {
    const bench = await stage.open()
    await accepted(bench, stage.take({ name }))
    const { preparedClip } = await bench.until(takeId, 'DONE', 'DRAFT')
    expect(preparedClip).toMatchObject({ width: 640, height: 352, frames: 36 })
    expect([stage.submits(), stage.unfinished()]).toEqual([1, []])
  })
})

describe('an ffmpeg that misbehaves', () => {
  it('5 · hangs: stopped at the limit, a draft, and good again on the next try', async () => {
    const hanging = stage.script('exec sleep 600')
    const bench = await stage.open({ ...withFfmpeg(hanging), stallLimit: 1000 })
    await accepted(bench, stage.take())
    await bench.until(takeId, 'DRAFT')
    expect(stage.pids().length).toBeGreaterThan(0)
    const { problem } = await stage.expectDraft({ code: 'tool-failed' })
    expect(problem?.message).toMatch(/dance\.mp4.*took too long/)

    const again = await stage.open()
    expect((await again.library.submitAgain(takeId, freely)).ok).toBe(true)
    expect(await again.until(takeId, 'DONE', 'DRAFT')).toMatchObject({ state: 'DONE' })
    expect(stage.submits()).toBe(1)
  })

  it('5 · an ffprobe that hangs: the file is refused in plain words', async () => {
    const hanging = withTools({ ffprobe: stage.script('exec sleep 600') })
    const bench = await stage.open({ ...hanging, stallLimit: 1000 })
    expect(await refusal(bench, stage.take())).toMatchObject({ code: 'tool-failed' })
    await stage.expectNothingLeft()
  })

  it.each([
    ['crashes', 'kill -SEGV $$'],
    ['is ended by somebody else', 'exit 255'],
  ])('6 · %s: a draft with its last words, without where files lie', async (_, end) => {
    const words = `echo first >&2; echo "file:${stage.films.folder}/dance.mp4: it broke" >&2`
    const bench = await stage.open(withFfmpeg(stage.script(`${words}; ${end}`)))
    await accepted(bench, stage.take())
    await bench.until(takeId, 'DRAFT')
    const { problem } = await stage.expectDraft({ code: 'tool-failed', detail: '…/dance.mp4: it broke' })
    expect(problem?.message).toMatch(/dance\.mp4.*ffmpeg stopped unexpectedly/)
    expect(stage.takeJson()).not.toContain(stage.films.folder)
  })

  it('7 · is missing: what to install is said before anything begins', async () => {
    const bench = await stage.open(withFfmpeg(null))
    const problem = await refusal(bench, stage.take())
    expect(problem).toMatchObject({ code: 'tool-missing' })
    expect(problem.advice).toMatch(/install ffmpeg/)
    await stage.expectNothingLeft()
  })

  it('7 · was taken away since the start: a draft that says so', async () => {
    const bench = await stage.open(withFfmpeg('/nowhere/ffmpeg'))
    await accepted(bench, stage.take())
    await bench.until(takeId, 'DRAFT')
    await stage.expectDraft({ code: 'tool-missing' })
  })
})

describe('a disk that is full', () => {
  it.skipIf(noSmallDisk !== null)(
    `8 · after 1 MiB: a draft that says so, nothing left${noSmallDisk === null ? '' : ` (${noSmallDisk})`}`,
    async () => {
      const noise = await makeClip(stage.films.folder, 'noise.mp4', {
        ...{ width: 640, height: 352, seconds: 3, rate: 12, sound: false, filter: 'noise=alls=100:allf=t' },
        video: ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '20', '-pix_fmt', 'yuv420p'],
      })
      const disk = await smallDisk(join(stage.folder(), 'library'), '1m')
      try {
        const bench = await stage.open()
        await accepted(bench, stage.take({ clip: noise }))
        await bench.until(takeId, 'DRAFT', 'DONE')
        const { problem } = await stage.expectDraft({ code: 'disk-full' })
        expect(problem?.message).toContain('full')
      } finally {
        await disk.remove()
      }
    },
  )
})

describe('the user cancels', () => {
  it('9 · while ffmpeg works: it is gone when the take is a draft again, and so is its file', async () => {
    const bench = await stage.open()
    await accepted(bench, stage.take({ clip: stage.films.slow }))
    const pid = await waitUntil(async () => {
      const [newest = 0] = stage.pids().slice(-1)
      return stage.unfinished().some((name) => name.endsWith('.mp4')) && (await isAlive(newest))
        ? newest
        : null
    })
    expect(await bench.library.takeBack(takeId)).toMatchObject({ value: { state: 'DRAFT', problem: null } })
    expect(await isAlive(pid)).toBe(false)
    await stage.expectNothingLeft()
  })
})

describe('a source that is not what was agreed to', () => {
  /** Runs when the take has just begun to be prepared, before any of its files is read. */
  const atTheStart = async (change: (clip: string) => void) => {
    const bench = await stage.open()
    const order = stage.take()
    let done = false
    bench.library.subscribe(() => {
      if (!done) change(order.clip)
      done = true
    })
    await accepted(bench, order)
    return { order, bench }
  }

  it('11 · because it was deleted: a draft that asks to choose it again', async () => {
    const { bench } = await atTheStart((clip) => {
      rmSync(clip)
    })
    await bench.until(takeId, 'DRAFT')
    const { problem } = await stage.expectDraft({ code: 'file-missing' })
    expect(problem?.advice).toMatch(/Choose it again/)
  })

  it('11 · because it was replaced by a longer one: never used; the former one is', async () => {
    const { bench, order } = await atTheStart((clip) => {
      copyFileSync(stage.films.slow, clip)
    })
    await bench.until(takeId, 'DRAFT')
    const { problem } = await stage.expectDraft({ code: 'input-refused' })
    expect(problem?.message).toContain('dance.mp4')

    const again = await stage.open()
    copyFileSync(stage.films.clip, order.clip)
    await again.library.submitAgain(takeId, freely)
    const done = await again.until(takeId, 'DONE', 'DRAFT')
    expect(done).toMatchObject({ state: 'DONE', preparedClip: { frames: 36 } })
    expect(stage.submits()).toBe(1)
  })

  it('11 · because it was replaced while it was read: never used', async () => {
    const order = stage.take()
    const bench = await stage.open({
      around: ({ prepareClip }) => ({
        prepareClip: async (...job) => {
          const prepared = await prepareClip(...job)
          const bytes = readFileSync(order.clip)
          bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1)
          writeFileSync(order.clip, bytes)
          return prepared
        },
      }),
    })
    await accepted(bench, order)
    await bench.until(takeId, 'DRAFT')
    await stage.expectDraft({ code: 'input-refused' })
  })

  it('11 · is not one whose date alone changed: it is used as it is', async () => {
    const { bench } = await atTheStart((clip) => {
      utimesSync(clip, new Date(0), new Date(0))
    })
    expect(await bench.until(takeId, 'DONE', 'DRAFT')).toMatchObject({ state: 'DONE' })
    expect(stage.submits()).toBe(1)
  })
})
