import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { openJournal, type Journal } from '../../src/main/takes/journal/journal.ts'
import { unmarked } from '../../src/shared/domain/marks.ts'
import { parseFilter } from '../../src/shared/domain/take-filter.ts'
import { takeId } from '../support/library/library.ts'
import { libraryStage } from '../support/library/library-stage.ts'

const stage = libraryStage()

describe('41 · a record that is torn', () => {
  const states = ['PREPARED', 'UPLOADING', 'UPLOADED', 'READY', 'INTENT', 'WIRE', 'ACKED', 'REMOTE_DONE']
  const types = ['added', 'upload-started', 'uploaded', 'ready', 'intent', 'wire', 'accepted', 'remote-done']
  /** Each event, and the marks. */
  const commits = types.length + 1

  /** The log of a process that was killed after its last commit. */
  async function killed(): Promise<{ readonly path: string; readonly base: Buffer; readonly log: Buffer }> {
    const path = join(stage.folder, 'studio.db')
    const made = openJournal(path, () => undefined)
    if (made.ok) made.value.close()
    const script = fileURLToPath(new URL('commit-states.ts', import.meta.url))
    const writer = spawn(process.execPath, [script, path], { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(writer.stdout, 'data')
    const gone = once(writer, 'exit')
    writer.kill('SIGKILL')
    await gone
    return { path, base: readFileSync(path), log: readFileSync(`${path}-wal`) }
  }

  /** The first and the last byte of each page that was written: https://www.sqlite.org/fileformat2.html#walformat */
  function placesIn(log: Buffer): readonly number[] {
    const [header, frame] = [32, 24 + 4096]
    const places = [0, header - 1]
    for (let start = header; start < log.length; start += frame) places.push(start, start + frame - 1)
    return places
  }

  /** Of one commit, there is all or nothing: the marks, and the words that search finds them by. */
  function isMarked(journal: Journal): boolean {
    const filter = parseFilter('velvet tag:red stars>=4')
    if (!filter.ok) throw new Error(filter.problem.message)
    const found = journal.search({ filter: filter.value, order: 'newest', group: null })
    const [marks] = journal.marksOf(null)
    const marked = { number: 1, name: 'Hero', stars: 4, flag: 'pick', tags: ['red'], note: 'velvet coat' }
    if (found.length > 0) expect(marks).toMatchObject(marked)
    else if (marks) expect(marks).toMatchObject({ number: 1, ...unmarked })
    return found.length > 0
  }

  /** How many of the commits stand; throws where what stands is not one of the states that were committed. */
  function standing(path: string, base: Buffer, log: Buffer): number {
    writeFileSync(path, base)
    writeFileSync(`${path}-wal`, log)
    const again = openJournal(path, () => undefined)
    if (!again.ok) throw new Error(again.problem.message)
    const journal = again.value
    try {
      const { records, unreadable } = journal.load()
      expect(unreadable).toEqual([])
      const seen = journal.events(takeId).map(({ type }) => type)
      expect(seen).toEqual(types.slice(0, seen.length))
      expect(records.map(({ attempt }) => attempt.state)).toEqual(
        seen.length === 0 ? [] : [states[seen.length - 1]],
      )
      const [task] = records.map(({ attempt }) => attempt.taskId)
      expect(task ?? null).toBe(seen.includes('accepted') ? 'task-1' : null)
      if (seen.includes('remote-done')) expect(isMarked(journal)).toBe(true)
      else if (!seen.includes('accepted')) expect(isMarked(journal)).toBe(false)
      return seen.length + (isMarked(journal) ? 1 : 0)
    } finally {
      journal.close()
    }
  }

  it('leaves a state that was committed before it, wherever the log is cut', async () => {
    const { path, base, log } = await killed()
    const counts: number[] = []
    for (const end of placesIn(log)) counts.push(standing(path, base, log.subarray(0, end)))
    expect(counts).toEqual(counts.toSorted((one, other) => one - other))
    expect(new Set(counts)).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7, 8]))
    expect(standing(path, base, log)).toBe(commits)
  })

  it('leaves a state that was committed before it, wherever the log is spoiled', async () => {
    const { path, base, log } = await killed()
    let least = commits
    for (const at of placesIn(log).toReversed()) {
      const spoiled = Buffer.from(log)
      spoiled.writeUInt8((log[at] ?? 0) ^ 0xff, at)
      const stands = standing(path, base, spoiled)
      expect(stands).toBeLessThanOrEqual(least)
      least = stands
    }
    expect(least).toBe(0)
  })
})
