import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ulid } from 'ulid'
import { newAttempt } from '../../src/main/takes/attempt.ts'
import { createCatalogue } from '../../src/main/takes/catalogue.ts'
import { openJournal } from '../../src/main/takes/journal/journal.ts'
import { writeTakeJson } from '../../src/main/takes/take-json.ts'
import { systemClock } from '../../src/main/system/clock.ts'
import { modelRules } from '../../src/shared/rules/models.ts'
import { visibleIn } from '../../src/shared/text/visible-text.ts'
import { someSettings } from '../support/clips/facts.ts'
import { anOrder } from '../support/library/an-order.ts'

export const name = 'search of 10,000 takes at every key, and a mark until it is in its file'
export const limit = { key: 100, mark: 50, unit: 'ms, p95' }

const takes = 10_000
const marks = 100
const words = 'red coat dance stage light hand turn slow fast street night rain hero smile jump wave'.split(
  ' ',
)
const typed = ['stars>=4 provider:kling "red coat"', 'dance hero -tag:done', 'clip:rain state:done oxen', 'w']

/** Some words of the list, the same in every run. */
const some = (nth: number, count: number) =>
  Array.from({ length: count }, (_, at) => words[(nth * 7 + at * at * 3 + (nth >> 3)) % words.length])

function p95(times: readonly number[]): number {
  const sorted = times.toSorted((one, other) => one - other)
  return Number((sorted[Math.floor(sorted.length * 0.95)] ?? 0).toFixed(1))
}

function fill(journal: Extract<ReturnType<typeof openJournal>, { ok: true }>['value'], library: string) {
  const began = Date.UTC(2026, 0, 1)
  const kept = Array.from({ length: takes }, (_, nth) => {
    const at = new Date(began + nth * 60_000).toISOString()
    const id = ulid(began + nth * 60_000)
    const { provider = 'practice', model = 'practice' } = modelRules[nth % modelRules.length] ?? {}
    const settings = someSettings({ provider, model, prompt: some(nth, 40).join(' ') })
    const order = anOrder({ id, createdAt: at, settings, clipName: `${some(nth, 2).join('_')}.mp4` })
    const attempt = { ...newAttempt(id, 1, `own-${String(nth)}`, at), state: 'REMOTE_FAILED' as const }
    const tags = nth % 3 === 0 ? ['done', `day ${String(nth % 30)}`] : []
    const its = { number: nth + 1, name: null, stars: nth % 6, flag: null, tags, note: '', revision: 1 }
    return { order, attempts: [attempt], history: [], uploads: [], marks: its }
  })
  journal.restore(kept)
  for (const { order, attempts } of kept.slice(0, marks))
    for (const attempt of attempts) writeTakeJson({ library, journal }, { order, attempt })
  return kept.map(({ order }) => order.id)
}

export async function run() {
  const home = mkdtempSync(join(tmpdir(), 'understudy-bench-search-'))
  const library = join(home, 'library')
  const opened = openJournal(join(home, 'studio.db'), () => undefined)
  if (!opened.ok) throw new Error(opened.problem.message)
  const journal = opened.value
  try {
    const ids = fill(journal, library)
    const show = () => ({ ok: false, problem: { code: 'not-found', message: 'not part of this' } }) as const
    const shown = { show, unreadable: () => [] }
    const parts = { journal, library: shown, folder: library, clock: systemClock, log: () => undefined }
    const catalogue = createCatalogue(parts)
    const keys: number[] = []
    let bytes = 0
    for (const text of typed)
      for (let end = 0; end <= text.length; end += 1) {
        const from = performance.now()
        const found = catalogue.search({ filter: text.slice(0, end), group: null, order: 'newest' })
        // As the window gets it.
        const answer = JSON.stringify(visibleIn(found))
        keys.push(performance.now() - from)
        bytes = Math.max(bytes, answer.length)
      }
    const marked: number[] = []
    for (const take of ids.slice(0, marks)) {
      const from = performance.now()
      await catalogue.mark([{ takes: [take], change: { stars: 5, addTags: ['best'] } }])
      marked.push(performance.now() - from)
      if (!readFileSync(join(library, take, 'take.json'), 'utf8').includes('"best"'))
        throw new Error('the mark is not in the file')
    }
    await catalogue.stop()
    return { takes, keys: keys.length, key: p95(keys), mark: p95(marked), bytes, unit: limit.unit }
  } finally {
    journal.close()
    rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  }
}
