import { primaryKey } from '../../lib/shortcuts.ts'

/** The timeline's keys as they are printed, for the list the user can open. */
export const timelineKeys = (): readonly (readonly [does: string, keys: readonly string[]])[] => [
  ['Play the performed part, or stop', ['Space']],
  ['Backward, stop, forward; again for faster', ['J', 'K', 'L']],
  ['One frame; with Shift ten', ['←', '→']],
  ['Start the part here, end it here', ['I', 'O']],
  ['Go to the in-point, to the out-point', ['Home', 'End']],
  ['Sound of the clip', ['S']],
  ['Zoom in, out, the whole clip', ['+', '−', '0']],
  ['Undo', [primaryKey(), 'Z']],
  ['Redo', ['Shift', primaryKey(), 'Z']],
]
