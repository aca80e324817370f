import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Exchange } from '../../../src/main/providers/http/exchanges.ts'
import { newAttempt } from '../../../src/main/takes/attempt.ts'
import { keepRequests, readRequests } from '../../../src/main/takes/requests-file.ts'

const take = '01JD8QW3F6V0000000000000AB'
const attempt = newAttempt(take, 1, 'own', '2026-11-20T12:00:00.000Z')
const asked: Exchange = {
  ...{ kind: 'question', at: 0, took: 5, method: 'GET', address: 'https://api.example/task', why: null },
  ...{ headers: {}, body: null, answer: { status: 200, headers: {}, body: '{}' } },
}

let library: string
beforeEach(() => {
  library = mkdtempSync(join(tmpdir(), 'understudy-requests-'))
  mkdirSync(join(library, take))
})
afterEach(() => {
  rmSync(library, { recursive: true, force: true })
})

/** Tells which unfinished files are known to the next start, at each moment. */
function tracking() {
  const known = new Set<string>()
  const seen: string[] = []
  return {
    known,
    seen,
    trackFile: (path: string) => {
      known.add(path)
      seen.push(path)
      return () => known.delete(path)
    },
  }
}

it('An unfinished record of requests is known before it is begun, so that the start after a kill deletes it', async () => {
  const { known, seen, trackFile } = tracking()
  await keepRequests({ library, log: () => undefined, trackFile }, attempt, [asked])
  expect(seen).toEqual([join(library, take, 'requests.json.new')])
  expect(known.size).toBe(0)
  expect(readdirSync(join(library, take))).toEqual(['requests.json'])
  expect(await readRequests(join(library, take))).toMatchObject([{ attempt: 1, exchanges: [asked] }])
})

it('A record that can’t be written leaves nothing unfinished and is said in the log', async () => {
  const { known, trackFile } = tracking()
  const logged: string[] = []
  mkdirSync(join(library, take, 'requests.json'))
  await keepRequests({ library, log: (line) => logged.push(line), trackFile }, attempt, [asked])
  expect([known.size, logged.length]).toEqual([0, 1])
  expect(existsSync(join(library, take, 'requests.json.new'))).toBe(false)
})
