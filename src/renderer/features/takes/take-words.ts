import type { HostId } from '../../../shared/delivery.ts'
import type { Take, TakeState } from '../../../shared/take.ts'
import type { Tone } from '../../ui/tone.ts'

export type StateWords = {
  readonly label: string
  /** What happens next, and who does it. */
  readonly next: string
  readonly tone: Tone
  /** True while something goes on by itself. */
  readonly busy: boolean
}

const going = (label: string, next: string): StateWords => ({ label, next, tone: 'info', busy: true })

/** Every state of a take in plain words. */
export const takeWords: Readonly<Record<TakeState, StateWords>> = {
  DRAFT: {
    label: 'Not sent',
    next: 'Nothing was sent. Start it again, or give it up.',
    tone: 'warn',
    busy: false,
  },
  PREPARING: going('Preparing the files', 'Next, the clip is put where the provider can fetch it.'),
  PREPARED: going('Files are ready', 'Next, the clip is put where the provider can fetch it.'),
  UPLOADING: going('Handing over the clip', 'Next, the take is sent to the provider.'),
  UPLOADED: going('Clip is in place', 'Next, the take is sent to the provider.'),
  READY: going('Waits for its turn', 'It is sent by itself as soon as there is room.'),
  INTENT: going('About to be sent', 'It is sent once and never a second time by itself.'),
  WIRE: going('Sending', 'The provider answers in a moment.'),
  ACKED: going(
    'The provider is at work',
    'The result is fetched by itself. You may close Understudy meanwhile.',
  ),
  REMOTE_DONE: going('Finished at the provider', 'The result is fetched now.'),
  DOWNLOADING: going('Fetching the result', 'Next, the result is checked to the last frame.'),
  VERIFIED: going('Result is checked', 'It is put into your library now.'),
  DONE: { label: 'Done', next: 'Compare it with the clip, or save it.', tone: 'good', busy: false },
  HELD: {
    label: 'On hold',
    next: 'It goes on by itself when the reason is gone.',
    tone: 'warn',
    busy: true,
  },
  UNKNOWN: {
    label: 'Not sure it arrived',
    next: 'Understudy is asking the provider. It is not sent a second time by itself.',
    tone: 'warn',
    busy: true,
  },
  NEEDS_USER: {
    label: 'Needs your decision',
    next: 'The provider may have this take already. Look at its website, then choose below.',
    tone: 'warn',
    busy: false,
  },
  REJECTED: {
    label: 'Not accepted',
    next: 'The provider made nothing. Mend what it names, then generate again.',
    tone: 'bad',
    busy: false,
  },
  REMOTE_FAILED: {
    label: 'Failed at the provider',
    next: 'There is no result. Change the inputs or the prompt, then generate again.',
    tone: 'bad',
    busy: false,
  },
  EXPIRED: {
    label: 'Result is gone',
    next: 'The provider no longer keeps it. Generate again for a new one.',
    tone: 'bad',
    busy: false,
  },
  ABANDONED: {
    label: 'Given up',
    next: 'Understudy no longer follows this take.',
    tone: 'info',
    busy: false,
  },
}

/** The way the files take to the provider. */
const handingOver: Readonly<Record<HostId, string>> = {
  s3: 'Putting the files into your bucket',
  provider: 'Putting the files into the provider’s storage',
  tunnel: 'Putting the files behind a tunnel',
  given: 'Checking the address you gave',
  loopback: takeWords.UPLOADING.label,
}

/** Where a take stands, in a few words. */
export function labelOf({ state, host }: Pick<Take, 'state' | 'host'>): string {
  return state === 'UPLOADING' && host !== null ? handingOver[host] : takeWords[state].label
}
