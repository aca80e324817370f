import type { Bucket } from '../../../shared/domain/delivery.ts'
import type { Problem } from '../../../shared/outcome.ts'
import type { Milliseconds } from '../../../shared/units.ts'

const minute: Milliseconds = 60_000

/** What to tell the user about the clock of this computer; null while it is right enough. `offset`: theirs less ours. */
export function wrongClock({ endpoint }: Pick<Bucket, 'endpoint'>, offset: Milliseconds): Problem | null {
  if (Math.abs(offset) <= minute) return null
  const minutes = Math.round(Math.abs(offset) / minute)
  const off = `${String(minutes)} ${minutes === 1 ? 'minute' : 'minutes'} ${offset > 0 ? 'slow' : 'fast'}`
  return {
    code: 'clip-unreachable',
    message: `The clock of this computer is ${off}, says ${new URL(endpoint).host}.`,
    advice: 'Files are stored all the same, signed with the right time; set the clock to stop this.',
  }
}
