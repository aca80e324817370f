import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createPreviews } from '../../../src/main/prepare/previews.ts'
import type { Inputs, Workshop } from '../../../src/main/prepare/types.ts'
import { fail, ok } from '../../../src/shared/outcome.ts'
import { defaultTakeSettings } from '../../../src/shared/domain/take.ts'

let home: string
let folder: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'understudy-previews-'))
  folder = join(home, 'previews')
})
afterEach(() => {
  rmSync(home, { recursive: true, force: true })
})

const inputs = (clip: string, prompt = ''): Inputs => ({
  character: null,
  clip,
  window: { start: 0, length: null },
  settings: { ...defaultTakeSettings, prompt },
})

/** Writes a file as a preparation does, and counts. */
function aWorkshop() {
  const into: string[] = []
  const prepare: Workshop['prepare'] = (asked, target, call) => {
    into.push(target)
    call?.onCommand?.('ffmpeg -i dance.mp4')
    const path = join(target, 'clip.mp4')
    writeFileSync(path, 'prepared')
    const clip = {
      path,
      bytes: 8,
      sha256: 'abc',
      width: 720,
      height: 1280,
      frames: 90,
      frameRate: 30,
      duration: 3,
      videoCodec: 'h264',
      pixelFormat: 'yuv420p',
      audio: null,
    }
    const { provider, model, orientation } = asked.settings
    const about = { provider, model, orientation }
    return Promise.resolve(
      ok({
        clip,
        character: null,
        checked: {
          report: { ...about, verdict: 'ready', findings: [], plan: [], estimate: null, window: null },
          refused: null,
          facts: { character: null, clip: null },
        },
        certificate: { ...about, issuedAt: '', character: null, clip: null, findings: [] },
      }),
    )
  }
  return { prepare, into }
}

function aClipFile(name = 'dance.mp4'): string {
  const path = join(home, name)
  writeFileSync(path, 'as it was shot')
  return path
}

const previewsOf = (workshop: Pick<Workshop, 'prepare'>) =>
  createPreviews({ workshop, fileTokens: { serveUrl: (path) => `/media/${path}` }, folder })

describe('A preview', () => {
  it('shows the prepared file, its facts without a path, and the commands that made it', async () => {
    const workshop = aWorkshop()
    const view = await previewsOf(workshop).make(inputs(aClipFile()))
    expect(view).toMatchObject({
      ok: true,
      value: {
        character: null,
        clip: { media: `/media/${join(workshop.into[0] ?? '', 'clip.mp4')}`, facts: { sha256: 'abc' } },
        commands: ['ffmpeg -i dance.mp4'],
      },
    })
    expect(view.ok && view.value.clip?.facts).not.toHaveProperty('path')
    if (process.platform !== 'win32') expect(statSync(workshop.into[0] ?? '').mode & 0o777).toBe(0o700)
  })

  it('is made once for the same inputs, and anew when the file or a setting changed', async () => {
    const workshop = aWorkshop()
    const previews = previewsOf(workshop)
    const clip = aClipFile()
    const first = await previews.make(inputs(clip))
    expect(await previews.make(inputs(clip))).toEqual(first)
    expect(workshop.into).toHaveLength(1)
    await previews.make(inputs(clip, 'A stage.'))
    expect(workshop.into).toHaveLength(2)
    writeFileSync(clip, 'another clip under the same name')
    await previews.make(inputs(clip))
    expect(workshop.into).toHaveLength(3)
  })

  it('stays only while it is one of the last three', async () => {
    const workshop = aWorkshop()
    const previews = previewsOf(workshop)
    const clip = aClipFile()
    for (const prompt of ['1', '2', '3', '4']) await previews.make(inputs(clip, prompt))
    expect(workshop.into.map((path) => existsSync(path))).toEqual([false, true, true, true])
  })

  it('that failed leaves nothing, and the next one is tried for real', async () => {
    const failed = fail('disk-full', 'The disk is full.')
    const workshop = aWorkshop()
    let full = true
    const previews = previewsOf({
      prepare: (...args) => (full ? Promise.resolve(failed) : workshop.prepare(...args)),
    })
    const clip = aClipFile()
    expect(await previews.make(inputs(clip))).toEqual(failed)
    expect(readdirSync(folder)).toEqual([])
    full = false
    expect((await previews.make(inputs(clip))).ok).toBe(true)
  })

  it('that was cancelled while another one was made is never begun', async () => {
    const workshop = aWorkshop()
    const previews = previewsOf(workshop)
    const clip = aClipFile()
    const controller = new AbortController()
    const first = previews.make(inputs(clip))
    const second = previews.make(inputs(clip, 'A stage.'), { signal: controller.signal })
    controller.abort()
    await first
    expect(await second).toMatchObject({ problem: { code: 'cancelled' } })
    expect(workshop.into).toHaveLength(1)
  })

  it('of an earlier run is gone at the next start, and all of them when the studio closes', async () => {
    mkdirSync(join(folder, 'left-by-a-kill'), { recursive: true })
    const workshop = aWorkshop()
    const previews = previewsOf(workshop)
    await previews.make(inputs(aClipFile()))
    expect(readdirSync(folder)).toHaveLength(1)
    await previews.close()
    expect(existsSync(folder)).toBe(false)
  })
})
