import type { PowerMonitor } from 'electron'

/** Calls back when the machine has been away: answers may be waiting, and timers stood still. */
export function onReturn(powerMonitor: Pick<PowerMonitor, 'on'>, back: () => void): void {
  powerMonitor.on('resume', back)
  powerMonitor.on('unlock-screen', back)
}
