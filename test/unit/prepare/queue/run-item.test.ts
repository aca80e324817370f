import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createSerialQueue } from '../../../../src/main/system/scheduling.ts'
import { createRunItem } from '../../../../src/main/prepare/queue/run-item.ts'
import { sourcesOf } from '../../../../src/main/prepare/queue/names.ts'
import type { StoredItem } from '../../../../src/main/prepare/queue/state.ts'
import type { Workshop } from '../../../../src/main/prepare/types.ts'
import { fail, ok } from '../../../../src/shared/outcome.ts'
import { defaultTakeSettings } from '../../../../src/shared/domain/take.ts'
import { temporaryFolder } from '../../files/temporary-folder.ts'

const sha = 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb'

/** Writes one file that holds an “a”, and its certificate. */
function preparing(meanwhile: () => Promise<void> | void = () => undefined) {
  const made: string[] = []
  const prepare: Workshop['prepare'] = async (inputs, folder) => {
    made.push(folder)
    mkdirSync(folder)
    const path = join(folder, 'clip.mp4')
    writeFileSync(path, 'a')
    const certificate = {
      issuedAt: '2026-11-20T12:00:00.000Z',
      provider: 'practice',
      model: 'practice',
      orientation: inputs.settings.orientation,
      character: null,
      clip: { sha256: sha, bytes: 1 },
      findings: [],
    }
    writeFileSync(join(folder, 'certificate.json'), JSON.stringify(certificate))
    await meanwhile()
    const clip = {
      path,
      bytes: 1,
      sha256: sha,
      width: 640,
      height: 360,
      frames: 90,
      frameRate: 30,
      duration: 3,
      videoCodec: 'h264',
      pixelFormat: 'yuv420p',
      audio: null,
    }
    return ok({
      clip,
      character: null,
      certificate,
      checked: {
        report: {
          provider: 'practice',
          model: 'practice',
          orientation: 'image',
          verdict: 'ready',
          findings: [],
          plan: [],
          estimate: null,
          window: null,
        },
        refused: null,
        facts: { character: null, clip: null },
      },
    })
  }
  return { made, prepare }
}

async function place() {
  const root = await temporaryFolder()
  const clip = join(root, 'dance.mp4')
  writeFileSync(clip, 'source')
  const item: StoredItem = {
    id: `01JQ${'0'.repeat(22)}`,
    state: 'running',
    addedAt: '2026-11-20T12:00:00.000Z',
    sources: await sourcesOf({ character: null, clip }),
    window: { start: 0, length: null },
    settings: defaultTakeSettings,
    out: join(root, 'out'),
    name: 'dance',
    template: '{clip}',
    files: [],
    problem: null,
  }
  return { root, clip, item, out: join(root, 'out') }
}

const call = (signal = new AbortController().signal) => ({ signal, onProgress: () => undefined })
const nobody = () => false

function runnerOf(prepare: Workshop['prepare'], noted: string[] = []) {
  const inTurn = createSerialQueue()
  const trackFile = (path: string) => {
    noted.push(path)
    return () => void noted.splice(noted.indexOf(path), 1)
  }
  return { inTurn, run: createRunItem({ workshop: { prepare }, trackFile, inTurn }) }
}

describe('one preparation of the queue', () => {
  it('appears as a whole folder, and what is unfinished is noted for the next start until then', async () => {
    const { item, out } = await place()
    const noted: string[] = []
    const seen: unknown[] = []
    const { prepare, made } = preparing(() => {
      seen.push(
        readdirSync(out).filter((name) => !name.startsWith('.')),
        [...noted],
      )
    })
    const { run } = runnerOf(prepare, noted)
    expect(await run(item, nobody, call())).toEqual(
      ok({ name: 'dance', files: ['clip.mp4', 'certificate.json', 'report.json'] }),
    )
    expect(seen).toEqual([[], [dirname(made[0] ?? '')]])
    expect([readdirSync(out), noted]).toEqual([['dance'], []])
    const report = JSON.parse(readFileSync(join(out, 'dance', 'report.json'), 'utf8')) as object
    expect(report).toMatchObject({
      sources: item.sources,
      settings: item.settings,
      clip: { path: 'clip.mp4' },
    })
  })

  it('leaves nothing when it fails', async () => {
    const { item, out } = await place()
    const { run } = runnerOf((_inputs, folder) => {
      mkdirSync(folder)
      writeFileSync(join(folder, 'clip.mp4'), 'half')
      return Promise.resolve(fail('disk-full', 'Full.'))
    })
    expect(await run(item, nobody, call())).toMatchObject({ ok: false, problem: { code: 'disk-full' } })
    expect(readdirSync(out)).toEqual([])
  })

  it('takes another name when somebody took its own meanwhile, and none that is meant for another', async () => {
    const { item, out } = await place()
    const { prepare } = preparing(() => {
      mkdirSync(join(out, 'dance'))
      writeFileSync(join(out, 'dance', 'mine.txt'), 'mine')
    })
    const { run } = runnerOf(prepare)
    const made = await run(item, (key) => key === 'dance (2)', call())
    expect(made).toMatchObject({ ok: true, value: { name: 'dance (3)' } })
    expect(readdirSync(join(out, 'dance'))).toEqual(['mine.txt'])
  })

  it('is not made again where only the note of its end was lost', async () => {
    const { item, out } = await place()
    const first = preparing()
    await runnerOf(first.prepare).run(item, nobody, call())
    const second = preparing()
    const { run } = runnerOf(second.prepare)
    expect(await run(item, nobody, call())).toMatchObject({ ok: true, value: { name: 'dance' } })
    expect(second.made).toEqual([])
    writeFileSync(join(out, 'dance', 'clip.mp4'), 'b')
    expect(await run(item, nobody, call())).toMatchObject({ ok: true, value: { name: 'dance (2)' } })
  })

  it('refuses a source that is gone, and one that is another file by now', async () => {
    const { item, clip, out } = await place()
    const { prepare, made } = preparing()
    const { run } = runnerOf(prepare)
    utimesSync(clip, 1, 1)
    expect(await run(item, nobody, call())).toMatchObject({ ok: false, problem: { code: 'input-refused' } })
    rmSync(clip)
    expect(await run(item, nobody, call())).toMatchObject({ ok: false, problem: { code: 'file-missing' } })
    expect([made, existsSync(out)]).toEqual([[], false])
  })

  it('says of a folder that is a file that it is none', async () => {
    const { item, root } = await place()
    writeFileSync(join(root, 'out'), 'a file')
    expect(await runnerOf(preparing().prepare).run(item, nobody, call())).toMatchObject({
      ok: false,
      problem: { code: 'folder-unwritable' },
    })
  })

  it('waits for the take that is prepared, and can be cancelled while it waits', async () => {
    const { item } = await place()
    const { prepare, made } = preparing()
    const { inTurn, run } = runnerOf(prepare)
    let free: () => void = () => undefined
    const take = inTurn(
      () =>
        new Promise<void>((resolve) => {
          free = resolve
        }),
    )
    const stop = new AbortController()
    const waiting = run(item, nobody, call(stop.signal))
    await Promise.resolve()
    expect(made).toEqual([])
    stop.abort()
    expect(await waiting).toMatchObject({ ok: false, problem: { code: 'cancelled' } })
    const next = run(item, nobody, call())
    free()
    await take
    expect(await next).toMatchObject({ ok: true })
    expect(made).toHaveLength(1)
  })
})
