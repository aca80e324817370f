import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { openJournal } from '../../src/main/takes/journal/journal.ts'
import { takeId } from '../support/library/library.ts'
import { libraryStage } from '../support/library/library-stage.ts'

const stage = libraryStage()

describe('41 · a record that is torn', () => {
  const states = ['PREPARED', 'UPLOADING', 'UPLOADED', 'READY', 'INTENT', 'WIRE', 'ACKED', 'REMOTE_DONE']
  const types = ['added', 'upload-started', 'uploaded', 'ready', 'intent', 'wire', 'accepted', 'remote-done']

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
      return seen.length
    } finally {
      journal.close()
    }
  }

  it('leaves a state that was committed before it, wherever the log is cut', async () => {
    const { path, base, log } = await killed()
    const counts: number[] = []
    for (let end = 0; end <= log.length; end += 512) counts.push(standing(path, base, log.subarray(0, end)))
    expect(counts).toEqual(counts.toSorted((one, other) => one - other))
    expect(new Set(counts)).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7]))
    expect(standing(path, base, log)).toBe(types.length)
  })

  it('leaves a state that was committed before it, wherever the log is spoiled', async () => {
    const { path, base, log } = await killed()
    let least = types.length
    for (let at = log.length - 1; at >= 0; at -= 512) {
      const spoiled = Buffer.from(log)
      spoiled.writeUInt8((log[at] ?? 0) ^ 0xff, at)
      const stands = standing(path, base, spoiled)
      expect(stands).toBeLessThanOrEqual(least)
      least = stands
    }
    expect(least).toBe(0)
  })
})
