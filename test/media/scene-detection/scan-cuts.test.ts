import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMedia } from '../../../src/main/media/create-media.ts'
import type { Scan } from '../../../src/shared/domain/media.ts'
import { knownFilms, otherFilms } from '../../support/clips/cutting-list.ts'
import { clipFacts, createWorkbench, valueOf, type Workbench } from '../../support/clips/media-kit.ts'
import type { CutFilm } from '../../support/clips/reel.ts'
import { realTools, runTool } from '../../support/processes/tools.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await createWorkbench()
})
afterAll(() => bench.remove())

async function scanOf(
  film: CutFilm,
): Promise<{ readonly scan: Scan; readonly frames: (times: readonly number[]) => number[] }> {
  const media = createMedia({ tools: realTools, run: runTool, workFolder: bench.folder })
  const path = await film.make(bench.folder)
  const facts = await clipFacts(bench.mediaTools, path)
  const scan = valueOf(await media.scan(path, facts, { start: 0, end: facts.duration }))
  // Only the very frame counts, not one near it.
  return { scan, frames: (times) => times.map((time) => Number((time * film.rate).toFixed(3))) }
}

type Tally = {
  cuts: number
  found: number
  wrong: string[]
  missed: string[]
  lures: number
  jumps: number
  jumped: number
}

async function tally(films: readonly CutFilm[]): Promise<Tally> {
  const sum: Tally = { cuts: 0, found: 0, wrong: [], missed: [], lures: 0, jumps: 0, jumped: 0 }
  for (const film of films) {
    const { scan, frames } = await scanOf(film)
    const [cuts, jumps] = [frames(scan.cuts), frames(scan.jumps)]
    const missed = film.cuts.filter((cut) => !cuts.includes(cut))
    // A jump is an edit too, and which of the two it is called is a matter of taste.
    const wrong = cuts.filter((cut) => !film.cuts.includes(cut) && !film.jumps.includes(cut))
    sum.cuts += film.cuts.length
    sum.found += film.cuts.length - missed.length
    sum.missed.push(...missed.map((frame) => `${film.name} ${frame}`))
    sum.wrong.push(...wrong.map((frame) => `${film.name} ${frame}`))
    sum.lures += film.lures.length
    sum.jumps += film.jumps.length
    sum.jumped += film.jumps.filter((jump) => [...cuts, ...jumps].includes(jump)).length
  }
  return sum
}

const shares = ({ cuts, found, wrong }: Tally) => ({
  recall: found / cuts,
  precision: found / (found + wrong.length),
})

/** The films that thresholds were chosen on, and some of other places and people that nothing was chosen on. */
const films = [
  ...knownFilms,
  ...otherFilms(13_000).filter(({ name }) => /-(plain|dark|quick|wild)$/.test(name)),
]
const isLuring = ({ name }: CutFilm) => /flashes|wild|soft/.test(name)

const painting = { timeout: 600_000 }

describe('looking for hard cuts', () => {
  it('finds nineteen in twenty or more, at the very frame, and hardly anything else', painting, async () => {
    const sum = await tally(films.filter((film) => !isLuring(film)))
    const { recall, precision } = shares(sum)
    const numbers = `${sum.cuts} cuts: recall ${recall.toFixed(3)}, precision ${precision.toFixed(3)}`
    process.stdout.write(
      `${numbers}; missed: ${sum.missed.join(', ')}; ${sum.jumped} of ${sum.jumps} jumps seen\n`,
    )
    expect(sum.cuts).toBeGreaterThanOrEqual(120)
    expect(recall).toBeGreaterThanOrEqual(0.95)
    expect(precision).toBeGreaterThanOrEqual(0.95)
    expect(sum.jumped / sum.jumps).toBeGreaterThanOrEqual(0.8)
  })

  it('takes no flash, no fast motion, no fade and no dissolve for a cut', painting, async () => {
    const sum = await tally(films.filter(isLuring))
    process.stdout.write(`${sum.lures} lures: ${sum.wrong.length} taken for cuts\n`)
    expect(sum.lures).toBeGreaterThanOrEqual(120)
    expect(sum.wrong).toEqual([])
  })
})
