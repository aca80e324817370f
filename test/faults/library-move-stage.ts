import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, afterAll } from 'vitest'
import { moveLibrary, type MoveCall } from '../../src/main/core/library-move.ts'
import { openJournal, type Journal } from '../../src/main/takes/journal/journal.ts'
import { arrivingFrom, followMoves, movedTo } from '../../src/main/system/moved-home.ts'
import type { Take } from '../../src/shared/domain/take.ts'
import { anOrder } from '../support/library/an-order.ts'
import { fullAttempt } from '../support/library/an-attempt.ts'
import type { MoveJob } from './library-move-child.ts'

/** Every test finds it with the same library in it, and nothing else. */
export const disk = mkdtempSync(join(tmpdir(), 'understudy-move-'))
export const home = join(disk, 'old')
export const to = join(disk, 'new', 'Understudy')

export const put = (name: string, content: string) => {
  mkdirSync(join(home, name, '..'), { recursive: true })
  writeFileSync(join(home, name), content)
}

export function open(folder: string): Journal {
  const opened = openJournal(join(folder, 'studio.db'), () => undefined)
  if (!opened.ok) throw new Error(opened.problem.message)
  return opened.value
}

/** Sets the stage for every test of a file. A function, because files that share a process share this module. */
export function setStage(): void {
  beforeEach(fill)
  afterEach(() => {
    for (const name of readdirSync(disk)) rmSync(join(disk, name), { recursive: true, force: true })
  })
  afterAll(() => {
    rmSync(disk, { recursive: true, force: true })
  })
}

function fill(): void {
  mkdirSync(disk, { recursive: true })
  put('settings.json', '{"theme":"dark"}')
  put('library/01/result.mp4', 'result of one')
  put('library/01/take.json', '{}')
  put('library/.boards.json', '[]')
  put('library/02/motion.json', '')
  put('viewing/copy.mp4', 'made again')
  put('window/profile', 'of the browser')
  put('notes of the user.txt', 'mine')
  const journal = open(home)
  const order = anOrder({})
  journal.add(order, fullAttempt({ take: order.id, number: 1, wiredAt: null }))
  journal.close()
}

/** Every file of a folder with its content, but the database and what says that it is moved. */
export function filesOf(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
  return Object.fromEntries(
    names
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !/studio\.db|moved\.json|arriving\.json|Where is my library/.test(path))
      .map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]),
  )
}

export const moved = {
  'settings.json': '{"theme":"dark"}',
  'library/01/result.mp4': 'result of one',
  'library/01/take.json': '{}',
  'library/.boards.json': '[]',
  'library/02/motion.json': '',
}

function takesIn(folder: string): readonly string[] {
  const journal = open(folder)
  const ids = journal.load().records.map(({ order }) => order.id)
  journal.close()
  return ids
}

export async function move(takes: readonly Take[] = [], call: MoveCall = {}, target = to) {
  const journal = open(home)
  const answer = await moveLibrary({ home, takes: () => takes, database: journal }, target, call)
  journal.close()
  return answer
}

/** `under`: a command that starts it, with its arguments. */
export function inChild(dies: string, under: readonly string[] = []) {
  const job: MoveJob = { home, to, dies }
  const child = join(import.meta.dirname, 'library-move-child.ts')
  const [command, ...args] = [...under, process.execPath, child, JSON.stringify(job)]
  return spawnSync(command, args, { encoding: 'utf8' })
}

/** The only place that opens, with everything in it. */
export function expectWhole(place: string): void {
  expect(followMoves(home)).toBe(place)
  expect([movedTo(place), arrivingFrom(place)]).toEqual([null, null])
  expect(filesOf(place)).toMatchObject(moved)
  expect(takesIn(place)).toEqual([anOrder({}).id])
  const other = place === home ? to : home
  const isShut =
    movedTo(other) !== null || arrivingFrom(other) !== null || !existsSync(join(other, 'studio.db'))
  expect(isShut).toBe(true)
}
