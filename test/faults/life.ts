import { flushCompileCache } from 'node:module'
import type { Journal } from '../../src/main/takes/journal/journal.ts'
import type { TakeEventType } from '../../src/main/takes/take-event.ts'
import { openLibrary, takeId } from '../support/library/library.ts'
import { adapterOf, takeOf, type Tier } from './tiers.ts'

/** When a life ends: at the write of an event, or when whoever began it ends it. */
export type Plan = {
  readonly folder: string
  readonly origin: string
  readonly tier: Tier
  readonly at: TakeEventType | 'added' | null
  readonly when: 'before' | 'after'
}

const plan = JSON.parse(process.argv[2] ?? '') as Plan
// Whoever is killed cannot leave what it compiled to the next one.
flushCompileCache()
const die = () => process.kill(process.pid, 'SIGKILL')

/** The same journal, in which one write is the last thing this process ever does. */
function deadly(journal: Journal): Journal {
  const around = (type: string, write: () => void) => {
    if (type === plan.at && plan.when === 'before') die()
    write()
    if (type === plan.at) die()
  }
  return {
    ...journal,
    add: (order, attempt) => {
      around('added', () => {
        journal.add(order, attempt)
      })
    },
    record: (attempt, event) => {
      around(event.type, () => {
        journal.record(attempt, event)
      })
    },
  }
}

const { library } = openLibrary({
  folder: plan.folder,
  origin: plan.origin,
  journal: deadly,
  adapter: (clock, http) => adapterOf(plan.tier, { origin: plan.origin, clock, http }),
})
library.subscribe(({ id, state }) => process.stdout.write(`${id} ${state}\n`))
library.resume()
if (!library.show(takeId).ok) await library.submit(takeOf(plan.tier, plan.folder))
// Whoever began this life ends it.
setInterval(() => undefined, 60_000)
