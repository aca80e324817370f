import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createCatalogue } from '../../../../src/main/takes/catalogue.ts'
import { openLibraryJournal } from '../../../../src/main/takes/recovery/open-library.ts'
import type { Provider } from '../../../../src/main/providers/provider.ts'
import { ok } from '../../../../src/shared/outcome.ts'
import type { Bin } from '../../../../src/main/system/ports.ts'
import { aTake, freely, openLibrary, quickClock } from '../../../support/library/library.ts'
import { libraryStage } from '../../../support/library/library-stage.ts'
import { addOver, finishedId, taskOf } from '../../../support/library/some-finished-takes.ts'

const stage = libraryStage()
const place = (...names: string[]) => join(stage.folder, 'library', ...names)
const binPlace = (id: string) => join(stage.folder, 'bin', id)

/** A bin from which the user can put folders back. */
const aBin: Bin = (path) => {
  mkdirSync(join(stage.folder, 'bin'), { recursive: true })
  renameSync(path, binPlace(path.slice(-26)))
  return Promise.resolve()
}

async function open(bin: Bin = aBin, also: Partial<Provider> = {}) {
  await stage.bench?.close()
  stage.bench = openLibrary({ folder: stage.folder, origin: 'http://127.0.0.1:1', bin, also })
  return stage.bench
}

/** A library of so many takes that are over. */
async function openWith(count: number, given: Parameters<typeof addOver>[2] = {}) {
  const bench = await open()
  for (let nth = 1; nth <= count; nth += 1) addOver(bench, nth, given)
  return open()
}

const listed = () => stage.bench?.library.list().map(({ id }) => id)
const trashed = () => stage.bench?.library.trash().map(({ take }) => take.id)
const one = finishedId(1)
const two = finishedId(2)

describe('the trash', () => {
  it('takes takes out of the list with their folder, and gives both back', async () => {
    const { library } = await openWith(2)
    const before = readdirSync(place(one)).toSorted()
    expect(await library.putInTrash([one])).toEqual({ ok: true, value: { takes: [one], resultsStay: [] } })
    expect([listed(), trashed()]).toEqual([[two], [one]])
    expect([existsSync(place(one)), readFileSync(place('.trash', one, 'result.mp4'), 'utf8')]).toEqual([
      false,
      'film 1',
    ])
    expect(library.show(one)).toMatchObject({
      ok: false,
      problem: { message: `Take ${one} is in the trash.` },
    })

    expect(await library.restore([one])).toMatchObject({ ok: true, value: [{ id: one, state: 'DONE' }] })
    expect([listed(), trashed()]).toEqual([[two, one], []])
    expect([readdirSync(place(one)).toSorted(), readdirSync(place('.trash'))]).toEqual([before, []])
  })

  it('stays as it is through a restart, also when its take.json can’t be read', async () => {
    const { library } = await openWith(2)
    await library.putInTrash([one])
    writeFileSync(place('.trash', one, 'take.json'), 'torn')
    await open()
    expect([listed(), trashed()]).toEqual([[two], [one]])
  })

  it('tells the faces which takes left the list, and shows each again that comes back', async () => {
    const { library } = await openWith(2)
    const told: unknown[] = []
    library.onTrashed((ids) => told.push(ids))
    library.subscribe(({ id }) => told.push(id))
    await library.putInTrash([one, two])
    await library.restore([two])
    expect(told).toEqual([[one, two], two])
  })

  it('keeps marks, boards and number, and is not found by a search', async () => {
    const { library, journal, folder } = await openWith(2)
    const catalogue = createCatalogue({
      library,
      journal,
      folder: join(folder, 'library'),
      clock: quickClock(),
      log: () => undefined,
    })
    await catalogue.mark([{ takes: [one], change: { stars: 4, addTags: ['red'] } }])
    const before = catalogue.marksOf([one]).get(one)
    await library.putInTrash([one])
    const found = catalogue.search({ filter: '', order: 'newest', group: null })
    expect(found.ok && found.value.cards.map(({ id }) => id)).toEqual([two])
    expect(library.trash()[0]?.marks).toEqual(before)
    await library.restore([one])
    expect(catalogue.marksOf([one]).get(one)).toEqual(before)
    await catalogue.stop()
  })

  it('still counts what a take cost', async () => {
    const { library, journal } = await openWith(2)
    const spent = journal.spend()
    expect(spent).toHaveLength(2)
    await library.putInTrash([one, two])
    expect(journal.spend()).toEqual(spent)
  })

  it('never offers the task of a take in it as a lost one, also of one that was given up', async () => {
    const status = {
      kind: 'succeeded',
      taskId: taskOf(1),
      url: 'https://results.example/1',
      cost: null,
    } as const
    const task = { taskId: taskOf(1), ownId: null, createdAt: null, status }
    const list = () => Promise.resolve(ok({ tasks: [task], whole: true }))
    await openWith(1, { attempt: { state: 'ABANDONED', result: null, wiredAt: '2026-11-01T12:00:00.000Z' } })
    const { library } = await open(aBin, { list })
    const owner = { provider: 'kling', account: null, baseUrl: null }
    const lost = async () => {
      const found = await library.findTasks(owner)
      return found.ok && found.value.tasks.length
    }
    expect(await lost()).toBe(1)
    await library.putInTrash([one])
    expect(await lost()).toBe(0)
    await library.restore([one])
    expect(await lost()).toBe(1)
  })

  it('does not touch a result in a folder that the user chose, and says so', async () => {
    const films = join(stage.folder, 'films')
    mkdirSync(films)
    const kept = join(films, `understudy-${one}.mp4`)
    writeFileSync(kept, 'mine')
    const { library } = await openWith(1, { attempt: { resultFolder: films } })
    expect(await library.putInTrash([one])).toMatchObject({ ok: true, value: { resultsStay: [one] } })
    expect(readFileSync(kept, 'utf8')).toBe('mine')
  })

  it('takes all or none, and names each that it can’t take', async () => {
    const bench = await open()
    addOver(bench, 1)
    addOver(bench, 2, { attempt: { state: 'NEEDS_USER', result: null } })
    addOver(bench, 3, { attempt: { watermarkUrl: 'https://results.example/marked.mp4' } })
    const { library } = await open()
    const answer = await library.putInTrash([one, two, finishedId(3)])
    expect(answer).toMatchObject({
      ok: false,
      problem: {
        message: '2 takes can’t be trashed now, so none was moved.',
        detail: `${two} (clip 2.mp4): it has a question for you\n${finishedId(3)} (clip 3.mp4): its watermarked version is still being downloaded`,
      },
    })
    expect([listed()?.length, existsSync(place('.trash'))]).toEqual([3, false])
  })

  it('takes no take with a file that is still online', async () => {
    const { library, journal } = await openWith(1)
    journal.saveUpload({
      ...{ name: 'a-random-name-1234', take: one, attempt: 1, host: 's3', role: 'clip' },
      ...{ state: 'leaving', url: null, until: null, note: null },
    })
    expect(await library.putInTrash([one])).toMatchObject({
      problem: { message: expect.stringContaining('still online') as string },
    })
    expect(listed()).toEqual([one])
  })

  it('never replaces a folder: with two of a name, both stay', async () => {
    const { library } = await openWith(1)
    mkdirSync(place('.trash', one), { recursive: true })
    writeFileSync(place('.trash', one, 'result.mp4'), 'another film')
    expect(await library.putInTrash([one])).toMatchObject({ ok: false, problem: { code: 'file-exists' } })
    expect([listed(), readFileSync(place('.trash', one, 'result.mp4'), 'utf8')]).toEqual([
      [one],
      'another film',
    ])
  })

  it('makes no second take when one in the trash is submitted once more', async () => {
    const { library } = await openWith(1)
    await library.putInTrash([one])
    const again = await library.submit({ ...aTake(stage.folder), id: one })
    expect(again).toMatchObject({ ok: false, problem: { message: `Take ${one} is in the trash.` } })
    expect(await library.submitAgain(one, freely)).toMatchObject({ ok: false })
  })

  it('keeps the dropped files that a draft in it is made from', async () => {
    const { library } = await openWith(1, { attempt: { state: 'DRAFT', taskId: null, wiredAt: null } })
    await library.putInTrash([one])
    expect(library.neededSources()).toEqual(new Set(['/a.png', '/b.mp4']))
  })
})

describe('a library whose list is lost', () => {
  it('is rebuilt with its trash: what was in there stays there', async () => {
    const { library } = await openWith(2)
    await library.putInTrash([one])
    await stage.bench?.close()
    stage.bench = undefined
    for (const end of ['', '-wal', '-shm']) rmSync(join(stage.folder, `studio.db${end}`), { force: true })
    const opened = openLibraryJournal({
      path: join(stage.folder, 'studio.db'),
      library: place(),
      log: () => undefined,
      now: () => '2026-11-21T12:00:00.000Z',
    })
    if (opened.ok) opened.value.journal.close()
    const again = await open()
    expect([listed(), trashed(), existsSync(place('.trash', one))]).toEqual([[two], [one], true])
    expect(await again.library.restore([one])).toMatchObject({ ok: true, value: [{ id: one }] })
  })
})

describe('emptying the trash', () => {
  it('gives folders to the system’s bin, and keeps what was paid', async () => {
    const { library, journal } = await openWith(2)
    await library.putInTrash([one, two])
    expect(await library.emptyTrash([one])).toEqual({ ok: true, value: { binned: [one], left: [] } })
    expect([trashed(), existsSync(binPlace(one)), journal.spend().length]).toEqual([[two], true, 2])
    await open()
    expect([listed(), trashed()]).toEqual([[], [two]])
    expect(await stage.bench?.library.restore([one])).toMatchObject({
      ok: false,
      problem: { message: `The folder of take ${one} is in the bin of your system.` },
    })
  })

  it('gets a take back whose folder the user put back from the bin', async () => {
    const { library } = await openWith(1)
    await library.putInTrash([one])
    await library.emptyTrash(null)
    renameSync(binPlace(one), place('.trash', one))
    const again = await open()
    expect(trashed()).toEqual([one])
    expect(await again.library.restore([one])).toMatchObject({ ok: true })
    expect(readFileSync(place(one, 'result.mp4'), 'utf8')).toBe('film 1')
  })

  it('shows such a take without a new start, and restores it', async () => {
    const { library } = await openWith(1)
    await library.putInTrash([one])
    await library.emptyTrash(null)
    expect(trashed()).toEqual([])
    renameSync(binPlace(one), place('.trash', one))
    expect(trashed()).toEqual([one])
    expect(await library.restore([one])).toMatchObject({ ok: true })
  })

  it('keeps everything where there is no bin, and says so', async () => {
    await openWith(1)
    const { library } = await open(() => Promise.reject(new Error('no bin here')))
    await library.putInTrash([one])
    expect(await library.emptyTrash(null)).toMatchObject({
      ok: true,
      value: { binned: [], left: [{ take: one, problem: { detail: 'no bin here' } }] },
    })
    expect([trashed(), existsSync(place('.trash', one))]).toEqual([[one], true])
  })

  it('takes only what has been there longer than asked', async () => {
    const { library, journal } = await openWith(2)
    await library.putInTrash([two])
    journal.putInTrash([one], '2026-09-01T12:00:00.000Z')
    await open()
    expect(await stage.bench?.library.emptyOldTrash(30)).toMatchObject({ value: { binned: [one] } })
    expect(trashed()).toEqual([two])
  })
})
