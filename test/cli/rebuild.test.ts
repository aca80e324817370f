import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { newAttempt, type Attempt } from '../../src/main/takes/attempt.ts'
import { openLibraryJournal } from '../../src/main/takes/recovery/open-library.ts'
import { anOrder } from '../support/library/an-order.ts'
import { buildCommandLine, start, understudy, understudyWith } from '../support/processes/command-line.ts'
import { someSettings } from '../support/clips/facts.ts'
import { scriptedServer, type ScriptedServer } from '../support/servers/scripted-server.ts'
import { tellOf } from '../support/library/take-json.ts'

/** Far beyond what any of this takes; a machine under load must not decide a test. */
const patient = { timeout: 300_000 }
const id = '01ARZ3NDEKTSV4RRFFQ69G5FAV'
const at = '2026-11-20T12:00:00.000Z'
const accepted: Attempt = {
  ...newAttempt(id, 1, 'own', at),
  ...({ state: 'ACKED', taskId: 'task-1', wiredAt: at, ackedAt: at } as const),
}
const settings = someSettings({ provider: 'kling', model: 'kling-v2-6', account: null })
const key = 'canary-key-of-the-user'
let home = ''
let catcher: ScriptedServer

beforeAll(buildCommandLine)
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'understudy-rebuild-'))
  mkdirSync(join(home, 'library'))
  catcher = await scriptedServer((_seen, response) => response.writeHead(404).end())
})
afterEach(async () => {
  await catcher.close()
  rmSync(home, { recursive: true, force: true })
})

it(
  'takes are not brought back beside a studio that has the library open: exit 7, and nothing changes',
  patient,
  async () => {
    const place = { path: join(home, 'studio.db'), library: join(home, 'library'), log: () => undefined }
    const studio = openLibraryJournal({ ...place, now: () => at })
    if (!studio.ok) throw new Error(studio.problem.message)
    tellOf(place.library, { attempts: [accepted] })
    const told = readFileSync(join(place.library, id, 'take.json'), 'utf8')
    const { code, stdout, stderr } = await understudy(home, 'takes', 'rebuild', '--json')
    expect([code, stdout]).toEqual([7, ''])
    expect(stderr).toContain('already has this library open')
    expect(studio.value.journal.load().records).toEqual([])
    studio.value.journal.close()
    expect(readFileSync(join(place.library, id, 'take.json'), 'utf8')).toBe(told)
  },
)

it.each(['follow', 'show'])(
  'no key goes to an address that only a take.json names, whatever is asked of the take: %s',
  patient,
  async (wish) => {
    const order = anOrder({ settings, baseUrl: catcher.origin })
    tellOf(join(home, 'library'), { order, attempts: [accepted] })
    const env = { UNDERSTUDY_KLING_KEY: key }
    await understudyWith(env, home, 'takes', 'rebuild', '--json')
    const { stdout, stderr } = await understudyWith(env, home, 'takes', wish, id)
    expect(stdout + stderr).toContain(catcher.origin)
    expect(catcher.connections()).toBe(0)
  },
)

it('a key goes to the address that the list names: the user agreed to it', patient, async () => {
  const place = { path: join(home, 'studio.db'), library: join(home, 'library'), log: () => undefined }
  const studio = openLibraryJournal({ ...place, now: () => at })
  if (!studio.ok) throw new Error(studio.problem.message)
  studio.value.journal.add(anOrder({ settings, baseUrl: catcher.origin }), accepted)
  studio.value.journal.close()
  vi.stubEnv('UNDERSTUDY_KLING_KEY', key)
  const following = start(home, 'takes', 'follow', id)
  await expect.poll(() => catcher.seen.length, { timeout: 20_000 }).toBeGreaterThan(0)
  following.kill('SIGINT')
  await following.ended
  vi.unstubAllEnvs()
  expect(catcher.seen[0]?.headers.authorization).toContain(key)
})
