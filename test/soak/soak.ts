import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { judgeSoak, type Answered, type Violation } from './judge.ts'
import { beginLife, beginProvider, leftOf, type Life, type PaidProvider } from './lives.ts'
import type { Job, Said, Shown } from './said.ts'
import { seeded } from './seeded.ts'

export type Report = {
  readonly seed: number
  readonly takes: number
  readonly tasks: number
  readonly lives: number
  readonly kills: number
  /** How many attempts the user was asked about, and what the user wanted. */
  readonly questions: number
  readonly answers: Readonly<Record<string, number>>
  readonly faults: Readonly<Record<string, number>>
  readonly seconds: number
  readonly violations: readonly Violation[]
}

/** So long without one more take at rest, and something is stuck. */
const patience = 90_000
const atOnce = 12
const restful = new Set(['DONE', 'REJECTED', 'REMOTE_FAILED', 'EXPIRED', 'ABANDONED', 'DRAFT'])

const isAtRest = ({ state }: Shown) => restful.has(state)

const idOf = (nth: number) =>
  `01SK${nth
    .toString(36)
    .toUpperCase()
    .replace(/[ILOU]/g, 'Z')
    .padStart(6, '0')}${String(nth).padStart(16, '0')}`

type Soak = {
  readonly job: Job
  readonly provider: PaidProvider
  readonly random: () => number
  readonly states: Map<string, Shown>
  readonly answered: Answered[]
  readonly oddities: Violation[]
  readonly groups: number[]
  kills: number
}

const countBy = (words: readonly string[]) =>
  Object.fromEntries([...Map.groupBy(words, (word) => word)].map(([word, all]) => [word, all.length]))

/** A careful user: looks at the provider first, and pays again only for what is not there. */
async function answer({ provider, answered }: Soak, take: Shown, life: Life): Promise<void> {
  const { tasks } = await provider.told()
  const mine = tasks.filter(({ own }) => own === take.ownId)
  const [first] = mine
  const missing = take.taskId === null
  const wish = !missing ? 'check-again' : first ? 'adopt' : 'submit-again'
  const { id, number, ownId } = take
  answered.push({ take: id, number, ownId, wish })
  life.tell({ id, number, wish, taskId: first?.id ?? '' })
}

/** When a life is to end: as it begins, or a moment after so many changes of takes, wherever that finds them. */
function fate(random: () => number) {
  const [kind, many, soon, late] = [random(), random(), random(), random()]
  if (kind < 0.1) return { changes: Infinity, pause: 0, latest: soon * 500 }
  // A pause of nothing hits the very next line of code; a longer one hits what answers and disks are waited for.
  const pause = kind < 0.5 ? 0 : soon * 40
  return { changes: 1 + Math.floor(many * 140), pause, latest: 800 + late * 2500 }
}

/** One life that ends by SIGKILL. */
async function live(soak: Soak): Promise<void> {
  const { states, job, oddities } = soak
  const { changes, pause, latest } = fate(soak.random)
  const enough = new AbortController()
  let seen = 0
  const see = (take: Shown) => {
    if (states.get(take.id)?.state !== take.state) seen += 1
    states.set(take.id, take)
    if (take.state === 'NEEDS_USER') void answer(soak, take, life)
    const isOver = states.size === job.ids.length && [...states.values()].every(isAtRest)
    if (seen >= changes || isOver) enough.abort()
  }
  const life = beginLife(job, (said: Said) => {
    if (said.kind === 'open') said.takes.forEach(see)
    if (said.kind === 'take') see(said.take)
    if (said.kind === 'refused') oddities.push({ kind: 'refused', about: said.id, detail: said.why })
  })
  soak.groups.push(life.pid)
  void life.ended.then((code) => {
    if (code === null) return
    oddities.push({ kind: 'client-ended-by-itself', about: String(code) })
    enough.abort()
  })
  await sleep(latest, undefined, { signal: enough.signal }).catch(() => sleep(pause))
  life.kill()
  soak.kills += 1
  await life.ended
}

async function lookCalmly({ job, groups, oddities }: Soak) {
  let end: Extract<Said, { kind: 'end' }> | undefined
  const life = beginLife({ ...job, ids: [] }, (said) => {
    if (said.kind === 'end') end = said
  })
  groups.push(life.pid)
  const code = await life.ended
  if (code !== 0) oddities.push({ kind: 'no-calm-end', about: String(code) })
  return end ? [end] : []
}

async function liveOn(soak: Soak, say: (line: string) => void): Promise<void> {
  const { states, job, oddities } = soak
  const resting = () => [...states.values()].filter(isAtRest).length
  let last = { resting: 0, at: performance.now() }
  while (resting() < job.ids.length) {
    await live(soak)
    if (resting() > last.resting) last = { resting: resting(), at: performance.now() }
    if (soak.kills % 25 === 0) say(`soak: ${String(resting())} at rest after ${String(soak.kills)} kills`)
    if (performance.now() - last.at > patience || oddities.length > 20) {
      oddities.push({ kind: 'stuck', about: `${String(resting())} at rest` })
      return
    }
  }
}

async function begin(takes: number, seed: number, home: string): Promise<Soak> {
  mkdirSync(home, { recursive: true })
  writeFileSync(join(home, 'hero.png'), 'image')
  writeFileSync(join(home, 'dance.mp4'), 'video')
  const provider = await beginProvider(seed)
  const job = {
    home,
    origin: provider.origin,
    ids: Array.from({ length: takes }, (_, nth) => idOf(nth)),
    atOnce,
    since: Date.now(),
    speed: 100,
    // Far longer than the provider ever takes to notice a submit: 1.2 s of real time.
    settle: 120_000,
    patience: 20_000,
  }
  const random = seeded(seed + 1)
  const kept = { states: new Map(), answered: [], oddities: [], groups: [provider.pid], kills: 0 }
  return { job, provider, random, ...kept }
}

/** Kills the studio again and again while it performs so many takes, then judges what is there. */
export async function soakTakes(
  takes: number,
  seed: number,
  say: (line: string) => void = () => undefined,
): Promise<Report> {
  const root = mkdtempSync(join(tmpdir(), 'understudy-soak-'))
  const began = performance.now()
  const soak = await begin(takes, seed, join(root, 'home'))
  try {
    await liveOn(soak, say)
    const ends = [...(await lookCalmly(soak)), ...(await lookCalmly(soak))]
    const { tasks, faults } = await soak.provider.told()
    const { job, answered } = soak
    const judged = judgeSoak({ home: job.home, ids: job.ids, tasks, answered, ends })
    await soak.provider.end()
    const left = (await leftOf(soak.groups)).map((group) => ({ kind: 'process-left', about: String(group) }))
    const asked = new Map(answered.map((one) => [`${one.take} ${String(one.number)}`, one.wish]))
    return {
      seed,
      takes,
      tasks: tasks.length,
      lives: soak.groups.length - 1,
      kills: soak.kills,
      questions: asked.size,
      answers: countBy([...asked.values()]),
      faults,
      seconds: Math.round((performance.now() - began) / 1000),
      violations: [...soak.oddities, ...judged, ...left],
    }
  } finally {
    await soak.provider.end()
    rmSync(root, { recursive: true, force: true, maxRetries: 5 })
  }
}
