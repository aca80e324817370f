import type { Milliseconds } from '../../shared/units.ts'
import type { Provider } from './provider.ts'

/** Widens or narrows a gap by up to a fifth, so that many takes do not ask in step. `random` is from 0 to 1. */
const jitter = (gap: Milliseconds, random: () => number) => gap * (0.8 + 0.4 * random())

/** For tasks of 5 to 15 minutes: often while it matters, rarely when it drags on. */
export function remoteCadence(random: () => number): Provider['cadence'] {
  return {
    first: 20_000,
    gap: (since) => jitter(since < 120_000 ? 10_000 : since < 900_000 ? 15_000 : 30_000, random),
  }
}

/** For a provider on this machine, which takes seconds. */
export const localCadence: Provider['cadence'] = { first: 300, gap: () => 500 }
