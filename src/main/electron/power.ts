import type { PowerMonitor } from 'electron'
import type { Take, TakeState } from '../../shared/take.ts'
import type { Takes } from '../studio-types.ts'

/** Calls back when the machine has been away: answers may be waiting, and timers stood still. */
export function onReturn(powerMonitor: Pick<PowerMonitor, 'on'>, back: () => void): void {
  powerMonitor.on('resume', back)
  powerMonitor.on('unlock-screen', back)
}

const waitingForProvider: ReadonlySet<TakeState> = new Set<TakeState>(['ACKED', 'UNKNOWN'])

/** Asks about every take whose answer may have come meanwhile. */
export function lookAgain(takes: Pick<Takes, 'list' | 'checkAgain'>): Promise<unknown> {
  const waiting = takes.list().filter((take: Take) => waitingForProvider.has(take.state))
  return Promise.all(waiting.map((take) => takes.checkAgain(take.id)))
}
