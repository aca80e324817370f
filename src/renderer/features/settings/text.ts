import type { Scope } from '../../lib/shortcuts.ts'
import type { StoredPart } from '../../../shared/domain/stored.ts'
import { textIn } from '../../lib/language.ts'

const en = {
  about:
    'An actor’s understudy learns the part by watching. Your files stay on this computer until you press Generate.',
  startUp: 'What is open after a start.',
  volume: 'Of the comparison and the sounds.',
  moveLibrary: 'To move it: understudy library move --to FOLDER',
  saveFolder: 'Saving starts where you last saved.',
  downloads: 'Your Downloads folder',
  nameFields: (fields: string) => `You can use ${fields}.`,
  example: (name: string) => `Example: ${name}`,
  startPreset: 'Used when no files are open.',
  lastTake: 'The settings of the last take',
  desktopOnly: 'Only the desktop app shows system notifications.',
  systemNotifications: 'Uses system notifications.',
  sound: 'When a take is done or needs you.',
  noLimit: 'No limit',
  searchShortcuts: 'Search by name or keys',
  noShortcut: 'No shortcut has this name or these keys.',
  pressKeys: 'Press keys…',
  noKeys: 'No keys',
  taken: (keys: string, does: string) => `${keys} already does: ${does}.`,
  resetAll: 'All shortcuts get their usual keys back.',
  diagnostics:
    'A text file about this computer, Understudy and your library. Keys, names, files and folders are left out.',
  diagnosticsUse: 'Read it before you send it.',
  nothingStored: 'Nothing is stored yet.',
} as const

export const text = textIn({ en })

export const storedNames: Readonly<Record<StoredPart, { readonly name: string; readonly what: string }>> = {
  takes: { name: 'Takes', what: 'Results and the files that were sent.' },
  trash: { name: 'Trash', what: 'Takes that you deleted.' },
  practice: { name: 'Practice', what: 'Tasks of the practice provider.' },
  dropped: { name: 'Dropped files', what: 'Copies of files without a folder.' },
  viewing: { name: 'Playback copies', what: 'Made again when needed.' },
  previews: { name: 'Prepared previews', what: 'Made again when needed.' },
}

export const scopeNames: Readonly<Record<Scope, string>> = {
  window: 'Everywhere',
  generate: 'Generate',
  timeline: 'Trim',
  history: 'Undo',
  comparison: 'Compare',
  controls: 'Controls',
}

/** Names of commands that share a line of the list; another one is called what its line says. */
export const commandNames: Readonly<Partial<Record<string, string>>> = {
  'window.make': 'Make',
  'window.compare': 'Compare',
  'window.library': 'Library',
  'window.shortcuts': 'List of shortcuts',
  'timeline.backward': 'Play backward, again for faster',
  'timeline.pause': 'Stop',
  'timeline.faster': 'Play forward, again for faster',
  'timeline.back': 'One frame back',
  'timeline.forward': 'One frame forward',
  'timeline.back-ten': 'Ten frames back',
  'timeline.forward-ten': 'Ten frames forward',
  'timeline.set-in': 'Start the part here',
  'timeline.set-out': 'End the part here',
  'timeline.go-in': 'Go to the in-point',
  'timeline.go-out': 'Go to the out-point',
  'timeline.zoom-in': 'Zoom in',
  'timeline.zoom-out': 'Zoom out',
  'timeline.zoom-fit': 'Show the whole clip',
  'comparison.back-ten': 'Ten frames back',
  'comparison.forward-ten': 'Ten frames forward',
  'comparison.start': 'To the start',
  'comparison.end': 'To the end',
  'comparison.shuttle-back': 'Step back, again for faster',
  'comparison.shuttle-pause': 'Stop',
  'comparison.shuttle-forward': 'Play, again for faster',
  'comparison.loop-from': 'Loop from here',
  'comparison.loop-to': 'Loop to here',
  'comparison.offset-earlier': 'Show the result a frame earlier',
  'comparison.offset-later': 'Show the result a frame later',
  'comparison.take-1': 'Choose take 1',
  'comparison.take-2': 'Choose take 2',
  'comparison.take-3': 'Choose take 3',
  'comparison.take-4': 'Choose take 4',
  'comparison.side-by-side': 'Side by side',
  'comparison.stacked': 'Stacked',
  'comparison.wipe': 'Wipe',
  'comparison.overlay': 'Overlay',
  'comparison.blink': 'Blink',
  'comparison.difference': 'Difference',
  'comparison.zoom-in': 'Zoom in',
  'comparison.zoom-out': 'Zoom out',
  'comparison.zoom-fit': 'Show whole pictures',
}
