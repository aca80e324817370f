import type { CommandLine } from 'electron'

// No fuse covers remote debugging (electron/fuses issue 2); for `--inspect` this is the second lock beside the fuse.
const doors = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
  'inspect',
  'inspect-brk',
  'inspect-port',
  'inspect-publish-uid',
]

/** The first switch that would open a packaged studio to another program; undefined when there is none. */
export function openDoor(commandLine: Pick<CommandLine, 'hasSwitch'>, packaged: boolean): string | undefined {
  return packaged ? doors.find((name) => commandLine.hasSwitch(name)) : undefined
}
