import { textIn } from '../lib/language.ts'

/** Takes in the queue, by what becomes of them. */
type InQueue = { readonly running: number; readonly waiting: number; readonly paused: boolean }

const some = (count: number, words: string) => (count === 0 ? [] : [`${String(count)} ${words}`])
const runningWords = (count: number) => some(count, 'running')
const waitingWords = (count: number) => some(count, 'waiting')
const pausedWords = (count: number) => (count === 0 ? 'Paused' : `${String(count)} paused`)

const en = {
  setUp: (provider: string) => `Set up ${provider}`,
  whyLimit: 'Understudy asks before a take or a day costs more. You can change it any time.',
  dropHere: 'Drop a picture, a video, or both',
  tellsApart: 'Drop anything. We sort it out.',
  comparisonShortcuts: 'The comparison has its own shortcuts.',
  reconnecting: 'Reconnecting… If this continues, restart Understudy. Submitted takes are not lost.',
  noMediaTools: 'Video tools are missing.',
  needsFfmpeg:
    'Understudy needs ffmpeg to read and prepare files. Install ffmpeg on this computer, then restart Understudy.',
  partFailed: (part: string) => `${part} ran into an error.`,
  restWorks:
    'The rest of the window still works, and your takes continue. If it happens again, restart Understudy.',
  offline: 'Submitted takes keep running.',
  offlineMore: 'Understudy checks on them when the network is back.',
  welcomeTitle: 'Make a still character move',
  welcome: 'Drop one picture and one video. The character copies the motion.',
  sample: 'Free, and it stays on this computer.',
  nextTake: 'Next take',
  settings: 'Settings',
  chooseOne: 'choose one',
  backToFiles: 'Back to your files',
  newTake: 'New take',
  nothingToCompare: 'Nothing to compare yet',
  makeFirst: 'Make a take. It plays here beside its reference.',
  queueChip: ({ running, waiting, paused }: InQueue) =>
    [...runningWords(running), ...(paused ? [pausedWords(waiting)] : waitingWords(waiting))].join(' · '),
  inQueue: ({ running, waiting, paused }: InQueue) => {
    const parts = [...runningWords(running), ...waitingWords(waiting), ...(paused ? ['paused'] : [])]
    return parts.length === 0 ? 'Nothing runs or waits.' : `${parts.join(', ').replace(/^p/, 'P')}.`
  },
  movingLibrary: 'Moving the library',
  gettingReady: 'Getting ready…',
  libraryNotMoved: 'The library was not moved',
  libraryMoved: 'The library was moved',
  openingAgain: 'Understudy opens again…',
  questions: (count: number) => (count === 1 ? '1 question' : `${String(count)} questions`),
} as const

export const text = textIn({ en })
