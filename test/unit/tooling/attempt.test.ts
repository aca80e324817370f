import { describe, expect, it } from 'vitest'
import { attempt, mayTry } from '../../../scripts/lib/attempt.mjs'
import { firstReason } from '../../../scripts/lib/binaries.mjs'

const HOUR = 3_600_000
const noon = Date.UTC(2026, 0, 31, 12)

/** A download that answers `failure`, counted. */
function aDownload(failure: string | null) {
  const notes = new Map<string, unknown>()
  const state = { tries: 0, there: false, time: noon }
  const thing = {
    name: 'electron',
    version: '45.4.1',
    isThere: () => state.there,
    fetch: () => {
      state.tries += 1
      state.there = failure === null
      return Promise.resolve(failure)
    },
  }
  const effects = {
    stamps: {
      read: (name: string) => notes.get(name) ?? null,
      write: (name: string, value: unknown) => void notes.set(name, value),
    },
    now: () => state.time,
    retry: false,
  }
  return { state, thing, effects }
}

describe('fetching what may be out of reach', () => {
  it('fetches once and never again', async () => {
    const { state, thing, effects } = aDownload(null)
    expect(await attempt(thing, effects)).toEqual({ ok: true })
    expect(await attempt(thing, effects)).toEqual({ ok: true })
    expect(state.tries).toBe(1)
  })

  it('spends no time on it again for a day, and says when it tried and why it failed', async () => {
    const { state, thing, effects } = aDownload('github.com couldn’t be reached')
    expect(await attempt(thing, effects)).toMatchObject({ ok: false, waiting: false })
    state.time = noon + HOUR
    expect(await attempt(thing, effects)).toMatchObject({
      ok: false,
      waiting: true,
      reason: 'github.com couldn’t be reached',
      on: '2026-01-31',
    })
    expect(state.tries).toBe(1)
  })

  it('tries again after a day', async () => {
    const { state, thing, effects } = aDownload('offline')
    await attempt(thing, effects)
    state.time = noon + 25 * HOUR
    await attempt(thing, effects)
    expect(state.tries).toBe(2)
  })

  it('tries again when asked to, and for another version', async () => {
    const { state, thing, effects } = aDownload('offline')
    await attempt(thing, effects)
    await attempt(thing, { ...effects, retry: true })
    await attempt({ ...thing, version: '46.0.0' }, effects)
    expect(state.tries).toBe(3)
  })

  it('is not fooled by an installer that ends well without its file', async () => {
    const { thing, effects } = aDownload(null)
    const broken = { ...thing, fetch: () => Promise.resolve(null) }
    expect(await attempt(broken, effects)).toMatchObject({
      ok: false,
      reason: 'its installer ended without installing it',
    })
  })

  it('tries when its note is damaged or from the future', () => {
    const now = { now: noon, version: '1', retry: false }
    expect(mayTry('nonsense', now)).toBe(true)
    expect(mayTry({ version: '1', reason: 'x', at: noon + HOUR }, now)).toBe(true)
  })
})

describe('the reason an installer gives', () => {
  it('is the line that names an error, not the stack around it', () => {
    const output =
      'Downloading…\nRequestError: getaddrinfo ENOTFOUND github.com\n    at ClientRequest (a.js:1)\n'
    expect(firstReason(output)).toBe('RequestError: getaddrinfo ENOTFOUND github.com')
  })

  it('is said even when the installer says nothing', () => {
    expect(firstReason('\n')).toBe('its installer failed without a message')
  })
})
