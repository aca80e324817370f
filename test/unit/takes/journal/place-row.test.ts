import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openJournal } from '../../../../src/main/takes/journal/journal.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'understudy-place-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

it('where a library belongs is not known from a note that cannot be read, and it opens all the same', () => {
  const path = join(folder, 'studio.db')
  const open = () => {
    const opened = openJournal(path, () => undefined)
    if (!opened.ok) throw new Error(opened.problem.message)
    return opened.value
  }
  const first = open()
  first.setPlace({ library: 'one', machine: null, file: { inode: '7', born: null }, count: 1 })
  expect(first.place()?.library).toBe('one')
  first.close()
  const db = new DatabaseSync(path)
  db.exec(`UPDATE place SET data = '{"library":'`)
  db.close()
  const again = open()
  expect(again.place()).toBeNull()
  again.close()
})
