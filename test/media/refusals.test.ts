import { execFile } from 'node:child_process'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { installerTool } from '../../src/main/media/tools/bundled.ts'
import { inspect } from '../../src/main/media/create-media.ts'
import { readHead } from '../../src/main/media/probe/read-head.ts'
import type { RunTool } from '../../src/main/system/ports.ts'
import * as clips from '../support/clips/clips.ts'
import { createWorkbench, problemOf, type Workbench } from '../support/clips/media-kit.ts'
import * as pictures from '../support/clips/pictures.ts'
import { ffmpeg } from '../support/processes/tools.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await createWorkbench()
})
afterAll(() => bench.remove())

/** The tools of this machine, and the ones of 2018 and 2023 that a checkout falls back to. */
const kits = () => {
  const old = {
    ffmpeg: installerTool('@ffmpeg-installer/ffmpeg'),
    ffprobe: installerTool('@ffprobe-installer/ffprobe'),
  }
  return old.ffmpeg === null || old.ffprobe === null
    ? [bench.mediaTools]
    : [bench.mediaTools, { ...bench.mediaTools, ffmpeg: old.ffmpeg, ffprobe: old.ffprobe }]
}

const refused = async (path: string) => problemOf(await inspect(bench.mediaTools, path))

describe('a file the studio cannot take is refused with its name and what to do', () => {
  it('when it is missing', async () => {
    const problem = await refused(join(bench.folder, 'gone.mp4'))
    expect(problem.code).toBe('file-missing')
    expect(problem.message).toContain('gone.mp4')
    expect(problem.advice).toBeTruthy()
  })

  it('when it is a folder', async () => {
    await mkdir(join(bench.folder, 'holiday'))
    expect((await refused(join(bench.folder, 'holiday'))).code).toBe('file-is-folder')
  })

  it('when it is empty', async () => {
    expect((await refused(await clips.emptyFile(bench.folder))).code).toBe('file-empty')
  })

  it('when this account may not read it', async () => {
    const path = await clips.textAsClip(bench.folder)
    const denied = Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' })
    const problem = problemOf(
      await readHead(path, {
        stat: () => Promise.resolve({ size: 9, isFile: () => true, isDirectory: () => false }),
        head: () => Promise.reject(denied),
      }),
    )
    expect(problem).toMatchObject({ code: 'file-unreadable', detail: 'EACCES' })
    expect(problem.advice).toContain('have permission')
  })

  it.skipIf(process.platform === 'win32')(
    'when its permissions forbid reading, asked as an ordinary user',
    async () => {
      const path = join(bench.folder, 'secret.mp4')
      await writeFile(path, 'x')
      await chmod(path, 0o000)
      await chmod(bench.folder, 0o755)
      const module = join(import.meta.dirname, '../../src/main/media/probe/read-head.ts')
      const script = `
      if (process.getuid() === 0) { process.setgid(65534); process.setuid(65534) }
      const { readHead } = await import(${JSON.stringify(module)})
      console.log(JSON.stringify(await readHead(${JSON.stringify(path)})))`
      const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script])
      expect(JSON.parse(stdout)).toMatchObject({
        ok: false,
        problem: { code: 'file-unreadable', detail: 'EACCES' },
      })
    },
  )

  it.skipIf(process.platform === 'win32')(
    'when it is a pipe, without waiting for somebody to write to it',
    async () => {
      const path = join(bench.folder, 'pipe.mp4')
      await promisify(execFile)('mkfifo', [path])
      expect((await refused(path)).code).toBe('file-unreadable')
    },
  )

  it('when text goes by the name of a video or of a picture', async () => {
    expect((await refused(await clips.textAsClip(bench.folder))).code).toBe('not-a-video')
    expect((await refused(await clips.pageAsClip(bench.folder))).code).toBe('not-a-video')
    expect((await refused(await clips.zeros(bench.folder))).code).toBe('not-a-video')
    expect((await refused(await clips.textAsImage(bench.folder))).code).toBe('not-an-image')
  })

  it('when it holds only sound', async () => {
    const problem = await refused(await clips.soundOnly(bench.folder))
    expect(problem.code).toBe('not-a-video')
    expect(problem.message).toContain('sound-only.mp4')
  })

  it('when its only picture is the cover of its sound', async () => {
    const sound = await clips.soundOnly(bench.folder)
    const cover = await pictures.jpeg(bench.folder)
    const path = join(bench.folder, 'song.mp4')
    await ffmpeg(
      ...['-i', `file:${sound}`, '-i', `file:${cover}`, '-map', '0', '-map', '1', '-c', 'copy'],
      ...['-disposition:v', 'attached_pic', '-y', `file:${path}`],
    )
    expect((await refused(path)).code).toBe('not-a-video')
  })

  it('when part of it is missing, although its index is whole, wherever it was cut', async () => {
    const noTool: RunTool = ({ command }) => {
      throw new Error(`${command} was started`)
    }
    for (let nth = 0; nth < 40; nth += 1) {
      const path = await clips.truncatedClip(bench.folder, 0.3 + nth * 0.0174)
      const problem = problemOf(await inspect({ ...bench.mediaTools, run: noTool }, path))
      expect(problem.code).toBe('file-damaged')
    }
  })

  it('when it only starts like a video', async () => {
    const path = join(bench.folder, 'start-only.mp4')
    await writeFile(
      path,
      Buffer.concat([Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isommp42', 'latin1'), Buffer.alloc(9000, 7)]),
    )
    expect((await refused(path)).code).toBe('file-damaged')
  })

  it('when a track is of a codec that no decoder is started for, and is not called damaged then', async () => {
    const odd = [
      { name: 'scan.mov', coded: ['-c:v', 'jpeg2000'], codec: 'jpeg2000' },
      { name: 'song.mkv', coded: ['-c:v', 'mjpeg', '-c:a', 'tta'], codec: 'tta' },
    ]
    for (const { name, coded, codec } of odd) {
      const path = join(bench.folder, name)
      const drawn = ['-f', 'lavfi', '-i', 'testsrc=s=160x90:d=0.2', '-f', 'lavfi', '-i', 'sine=d=0.2']
      await ffmpeg(...drawn, ...coded, '-y', `file:${path}`)
      for (const mediaTools of kits()) {
        const problem = problemOf(await inspect(mediaTools, path))
        expect(problem.code).toBe('input-refused')
        expect(problem.message).toBe(
          `“${name}” has a track encoded as “${codec}”, which Understudy can’t read.`,
        )
        expect(problem.advice).toContain('H.264')
      }
    }
  })

  it('when no decoder knows its codec, or it is protected, and is not called damaged then', async () => {
    const plain = await clips.silent(bench.folder)
    const unknown = join(bench.folder, 'unknown.mp4')
    await writeFile(
      unknown,
      Buffer.from((await readFile(plain)).toString('latin1').replaceAll('avc1', 'xyz1'), 'latin1'),
    )
    expect((await refused(unknown)).message).toMatch(/encoded as “xyz1”, which Understudy can’t read/)
    const chinese = join(bench.folder, 'chinese.mkv')
    await ffmpeg('-i', `file:${plain}`, '-c', 'copy', '-y', `file:${chinese}`)
    const named = (await readFile(chinese))
      .toString('latin1')
      .replace('V_MPEG4/ISO/AVC', 'V_AVS3\0\0\0\0\0\0\0\0\0')
    await writeFile(chinese, Buffer.from(named, 'latin1'))
    expect((await refused(chinese)).message).toMatch(/coded as “avs3”/)
    const locked = join(bench.folder, 'locked.mp4')
    const key = [
      '-encryption_key',
      '76a6c65c5ea762046bd749a2e632ccbb',
      '-encryption_kid',
      'a7e61c373e219033c21091fa607bf3b8',
    ]
    await ffmpeg(
      ...['-i', `file:${plain}`, '-c', 'copy', '-encryption_scheme', 'cenc-aes-ctr', ...key],
      '-y',
      `file:${locked}`,
    )
    expect(await refused(locked)).toMatchObject({
      code: 'input-refused',
      message: expect.stringMatching(/protected/),
    })
  })

  it('but not for its subtitles, which nothing decodes', async () => {
    const words = join(bench.folder, 'words.srt')
    await writeFile(words, '1\n00:00:00,000 --> 00:00:00,100\nHello\n')
    for (const [name, coded] of [
      ['titled.mp4', 'mov_text'],
      ['titled.mkv', 'ass'],
    ] as const) {
      const path = join(bench.folder, name)
      const drawn = ['-f', 'lavfi', '-i', 'testsrc=s=160x90:d=0.2', '-i', `file:${words}`]
      await ffmpeg(...drawn, '-c:v', 'mpeg4', '-c:s', coded, '-y', `file:${path}`)
      for (const mediaTools of kits()) expect((await inspect(mediaTools, path)).ok).toBe(true)
    }
  })

  it('when it is a drawing, which has no pixels of its own', async () => {
    const drawn = join(bench.folder, 'figure.png')
    await writeFile(drawn, '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="9"/>')
    const problem = await refused(drawn)
    expect(problem.code).toBe('not-an-image')
    expect(problem.message).toContain('SVG')
    expect(problem.advice).toContain('PNG')
  })
})

describe('a hostile file', () => {
  /** Fails the test when any tool is started at all. */
  const noTool: RunTool = ({ command }) => {
    throw new Error(`${command} was started`)
  }

  it('that is a playlist in disguise is refused before any tool sees it', async () => {
    for (const make of [clips.playlistAsClip, clips.m3u8AsClip]) {
      const path = await make(bench.folder)
      expect(problemOf(await inspect({ ...bench.mediaTools, run: noTool }, path)).code).toBe('not-a-video')
    }
  })

  it('that would unpack to 256 million pixels is refused from its header', async () => {
    const path = await pictures.hugePng(bench.folder)
    const script = `
      const { inspect } = await import(${JSON.stringify(join(import.meta.dirname, '../../src/main/media/create-media.ts'))})
      const answer = await inspect({}, ${JSON.stringify(path)})
      // The peak of this process alone; the operating system's other figure is inherited from the parent.
      const { readFileSync } = await import('node:fs')
      const peak = process.platform === 'linux'
        ? Number(/VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1])
        : process.memoryUsage.rss() / 1024
      console.log(JSON.stringify({ answer, peak }))`
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script])
    const { answer, peak } = JSON.parse(stdout)
    expect(answer).toMatchObject({ ok: false, problem: { code: 'input-refused' } })
    expect(answer.problem.message).toContain('16000 × 16000')
    expect(peak).toBeLessThan(200_000)
  })

  it('cannot garble the sentence that names it', async () => {
    const path = join(bench.folder, `fine\u202e4pm.\nexe${'x'.repeat(150)}.mp4`)
    await writeFile(path, 'text')
    const { message } = await refused(path)
    expect(message).not.toMatch(/[\n\u202e]/)
    expect(message.length).toBeLessThan(200)
  })
})
