import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, describe, it } from 'vitest'
import { arrivingFrom, followMoves, movedTo } from '../../src/main/system/moved-home.ts'
import type { CallArgs } from '../../src/shared/contract.ts'
import { ok } from '../../src/shared/outcome.ts'
import { openLibrary } from '../support/library/library.ts'
import { libraryStage } from '../support/library/library-stage.ts'
import { addOver, finishedId } from '../support/library/some-finished-takes.ts'
import { openWindowCore, type WindowCore } from '../support/library/window-core.ts'
import type { MoveJob } from './library-move-child.ts'

const stage = libraryStage()
const home = () => join(stage.folder, 'old')
const to = () => join(stage.folder, 'new')
const open: WindowCore[] = []
afterEach(async () => {
  for (const { core } of open.splice(0)) await core.close()
})

/** A library of two takes that are over, and the core of a window on it. */
async function aWindow(): Promise<WindowCore> {
  await twoTakes()
  return another(home())
}

async function twoTakes(): Promise<void> {
  mkdirSync(home(), { recursive: true })
  const bench = openLibrary({ folder: home(), origin: 'http://127.0.0.1:1' })
  addOver(bench, 1)
  addOver(bench, 2)
  await bench.close()
}

async function another(folder: string): Promise<WindowCore> {
  const window = await openWindowCore(folder, { chosen: to() })
  open.push(window)
  return window
}

/** Runs this once the move has come to this step. */
function atStep({ core }: WindowCore, at: string, run: () => Promise<unknown>) {
  const { studio } = core
  const { move } = studio
  const done: Promise<unknown>[] = []
  Object.assign(studio, {
    move: (folder: string, call: Parameters<typeof move>[1]) =>
      move(folder, {
        ...call,
        onStep: (step) => {
          if (step === at) done.push(run())
        },
      }),
  })
  return () => Promise.all(done)
}

/** Every file of a folder with its size and the time of its last change, but what belongs to this process alone. */
const stampsOf = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => {
      const { size, mtimeMs } = statSync(join(folder, name))
      return [name, `${String(size)} ${String(mtimeMs)}`]
    }),
  )

const refusedBy = { ok: false, problem: { message: 'The library is being moved. Wait until it has ended.' } }
const take = finishedId(1)
const mark: CallArgs<'take:mark'> = { requests: [{ takes: [take], change: { stars: 3 } }] }

describe('Moving the library from the window', () => {
  it('opens it in its new place, with everything that was in it, and says once where it was', async () => {
    const window = await aWindow()
    expect(await window.ask('take:mark', mark)).toMatchObject({ ok: true })
    expect(await window.move('move-0001')).toMatchObject({ ok: true, value: { to: to() } })
    expect(window.moved).toEqual([to()])
    expect(window.announced.at(-1)).toEqual({ name: 'library:moving', payload: null })
    expect(window.announced).toContainEqual({ name: 'library:moved', payload: { to: to() } })
    expect(followMoves(home())).toBe(to())
    const after = await another(to())
    expect(await after.ask('take:list', {})).toMatchObject({
      value: { entries: [{}, { take: { id: take }, marks: { stars: 3 } }] },
    })
    expect(await after.ask('app:about', {})).toMatchObject({ value: { movedFrom: home() } })
    await after.core.close()
    expect(await (await another(to())).ask('app:about', {})).toMatchObject({ value: { movedFrom: null } })
  })

  it.each([
    'begin',
    'copy settings.json',
    `copy library/${take}/result.mp4`,
    'database',
    'switch',
    'switched',
  ])('at “%s” refuses whatever would change it, so nothing is in either library in half', async (step) => {
    const window = await aWindow()
    await window.ask('settings:change', { change: { theme: 'dark' } })
    const before = await window.ask('take:list', {})
    const answers = atStep(window, step, () =>
      Promise.all([
        window.ask('take:mark', mark),
        window.ask('take:trash', { takes: [take] }),
        window.ask('settings:change', { change: { theme: 'light' } }),
        window.ask('queue:pause', { paused: true }),
        window.ask('take-queue:pause', { paused: true }),
        // Refused before anyone looks at what they bring.
        window.core.dispatch.ask('take:submit', {}),
        window.core.dispatch.ask('queue:add', {}),
        window.ask('take:submit-again', {
          take,
          confirmed: true,
          consent: { amount: null, passGuard: true },
        }),
        window.ask('take:list', {}),
        window.move(),
        window.intake.take({ name: 'a.png', bytes: null, content: (async function* () {})() }),
      ]),
    )
    expect(await window.move()).toMatchObject({ ok: true })
    const [refused] = await answers()
    expect(refused).toHaveLength(11)
    for (const answer of refused as unknown[]) expect(answer).toMatchObject(refusedBy)
    const after = await another(to())
    expect(await after.ask('take:list', {})).toEqual(before)
    expect(await after.ask('settings:read', {})).toMatchObject({ value: { theme: 'dark' } })
    expect(existsSync(join(to(), 'dropped'))).toBe(false)
  })

  it('waits for what runs already, whose change moves with it', async () => {
    const window = await aWindow()
    const late = Promise.withResolvers<undefined>()
    const marking = window.core.admit(async () => {
      await late.promise
      return window.core.studio.catalogue.mark(mark.requests)
    })
    const moving = window.move()
    await expect
      .poll(() => window.announced)
      .toContainEqual({ name: 'library:moving', payload: { to: to(), fraction: null } })
    expect(existsSync(to())).toBe(false)
    late.resolve(undefined)
    expect(await marking).toMatchObject({ ok: true })
    expect(await moving).toMatchObject({ ok: true })
    expect(await (await another(to())).ask('take:list', {})).toMatchObject({
      value: { entries: [{}, { take: { id: take }, marks: { stars: 3 } }] },
    })
  })

  it('that is cancelled while it waits has stopped nothing', async () => {
    const window = await aWindow()
    const { studio } = window.core
    const late = Promise.withResolvers<undefined>()
    const running = window.core.admit(async () => {
      await late.promise
      return ok(null)
    })
    const moving = window.move('move-0002')
    await expect.poll(() => window.announced.length).toBeGreaterThan(0)
    await window.ask('call:cancel', { call: 'move-0002' })
    expect(await moving).toMatchObject({ ok: false, problem: { code: 'cancelled' } })
    expect(window.core.studio).toBe(studio)
    late.resolve(undefined)
    await running
    expect(await window.ask('take:mark', mark)).toMatchObject({ ok: true })
  })

  it('that is cancelled on its way leaves everything as it was, and open for changes', async () => {
    const window = await aWindow()
    const about = await window.ask('app:about', {})
    atStep(window, 'database', () => window.ask('call:cancel', { call: 'move-0003' }))
    expect(await window.move('move-0003')).toMatchObject({ ok: false, problem: { code: 'cancelled' } })
    expect(existsSync(to())).toBe(false)
    expect([movedTo(home()), window.moved]).toEqual([null, []])
    expect(await window.ask('app:about', {})).toEqual(about)
    expect(await window.ask('take:mark', mark)).toMatchObject({ ok: true })
    expect(window.announced.at(-1)).toMatchObject({ name: 'marks:changed' })
    // And a second try is no worse than the first.
    expect(await window.move()).toMatchObject({ ok: true, value: { to: to() } })
  })

  it('stops where another program writes into the library meanwhile, and says which file', async () => {
    const window = await aWindow()
    atStep(window, 'database', async () => {
      writeFileSync(join(home(), 'library', take, 'notes.txt'), 'of the user')
    })
    expect(await window.move()).toMatchObject({
      ok: false,
      problem: {
        message: `“library/${take}/notes.txt” changed while the library was copied. The library was not moved.`,
      },
    })
    expect(await window.ask('take:mark', mark)).toMatchObject({ ok: true })
  })

  it('is refused while a take runs, and that take runs on', async () => {
    await twoTakes()
    const bench = openLibrary({ folder: home(), origin: 'http://127.0.0.1:1' })
    addOver(bench, 3, { attempt: { state: 'HELD', resume: 'ACKED', result: null } })
    await bench.close()
    const window = await another(home())
    const { studio } = window.core
    expect(await window.move()).toMatchObject({
      ok: false,
      problem: { message: '1 take is still running, so the library can’t be moved now.' },
    })
    expect(window.core.studio).toBe(studio)
    expect(existsSync(to())).toBe(false)
  })

  it('goes into a new folder where the chosen one isn’t empty', async () => {
    const window = await aWindow()
    mkdirSync(to())
    writeFileSync(join(to(), 'mine.txt'), 'of the user')
    const place = join(to(), 'Understudy')
    expect(await window.ask('library:plan-move', { folder: null })).toMatchObject({ value: { to: place } })
    expect(await window.move()).toMatchObject({ ok: true, value: { to: place } })
    expect(readdirSync(to()).sort()).toEqual(['Understudy', 'mine.txt'])
  })

  it('takes no plan that is not the newest', async () => {
    const window = await aWindow()
    const first = await window.ask('library:plan-move', { folder: null })
    await window.ask('library:plan-move', { folder: null })
    const plan = first.ok ? (first.value?.plan ?? '') : ''
    expect(await window.ask('library:move', { plan })).toMatchObject({ problem: { code: 'usage' } })
    expect(existsSync(to())).toBe(false)
  })

  it('ends in order when the program is told to quit on its way', async () => {
    const window = await aWindow()
    const closing = atStep(window, 'database', () => window.core.close())
    expect(await window.move('move-0004')).toMatchObject({ ok: false, problem: { code: 'cancelled' } })
    await closing()
    expect(existsSync(to())).toBe(false)
    // The lock is free.
    expect(await (await another(home())).ask('take:list', {})).toMatchObject({ ok: true })
  })
})

describe('After the switch', () => {
  it('the process that has the old home open never writes there again', async () => {
    const window = await aWindow()
    const old = window.core.studio
    expect(await window.move()).toMatchObject({ ok: true })
    const before = stampsOf(home())
    const refused = await Promise.all([
      window.ask('take:mark', mark),
      window.ask('desk:read', {}),
      window.ask('settings:change', { change: { theme: 'dark' } }),
      window.intake.take({ name: 'a.png', bytes: null, content: (async function* () {})() }),
      window.move(),
    ])
    for (const answer of refused)
      expect(answer).toMatchObject({
        ok: false,
        problem: { message: `The library is now in “${to()}”.`, advice: 'Start Understudy again.' },
      })
    // Past the dispatch, as a late answer of a provider would come.
    await expect(old.catalogue.mark(mark.requests)).resolves.toMatchObject({ ok: false })
    await old.takes.lookAtAll()
    await window.core.close()
    expect(stampsOf(home())).toEqual(before)
  })

  it('nothing opens the old home, and it says why', async () => {
    const window = await aWindow()
    await window.move()
    await expect(openWindowCore(home())).rejects.toThrow(/was moved to/)
    expect(readFileSync(join(home(), 'Where is my library.txt'), 'utf8')).toContain(to())
  })
})

it.each(['begin', `copy library/${take}/result.mp4`, 'database', 'name the database', 'switch', 'switched'])(
  'kill -9 of the window’s process at “%s”: the library is whole in exactly one place, and can be moved again',
  async (step) => {
    await twoTakes()
    const job: MoveJob = { home: home(), to: to(), dies: step, window: true }
    const child = spawnSync(
      process.execPath,
      [join(import.meta.dirname, 'library-move-child.ts'), JSON.stringify(job)],
      { encoding: 'utf8' },
    )
    expect(child.signal, child.stderr).toBe('SIGKILL')
    const isMoved = step === 'switched'
    const place = isMoved ? to() : home()
    expect(followMoves(home())).toBe(place)
    expect([movedTo(place), arrivingFrom(place)]).toEqual([null, null])
    const window = await another(place)
    expect(await window.ask('take:list', {})).toMatchObject({
      value: { entries: [{ take: { id: finishedId(2) } }, { take: { id: take } }] },
    })
    if (!isMoved) expect(await window.move()).toMatchObject({ ok: true, value: { to: to() } })
  },
)
