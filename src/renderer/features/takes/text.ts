import { textIn } from '../../lib/language.ts'

const en = {
  resultKeptUntil: (moment: string) =>
    `The provider kept the result until ${moment}. Understudy is still trying.`,
  resultKept: (moment: string, left: string) =>
    `The provider keeps the result until ${moment} (${left} left).`,
  resultLife: (time: string) => `The provider keeps the result for ${time}.`,
  enterTaskInstead: 'If you find it on the provider’s website, choose “I found it” instead. That is free.',
  againQuestion: (verb: string) => `${verb} this take again?`,
  startsWithOriginals: 'It starts with the original files and settings. Cost:',
  nothingSent: 'Nothing was sent or charged. Its files stay in the library.',
  giveUpQuestion: 'Give up this take?',
  mayHaveStartedPaid:
    'Understudy stops following it. If it did start, you still pay for it, and its result won’t be downloaded.',
  mayHaveStarted: 'Understudy stops following it. If it did start, its result won’t be downloaded.',
  enterTask:
    'Copy it from the provider’s website. Understudy follows that task and downloads its result. You don’t pay again.',
  cancelQuestion: (provider: string) => `Cancel this take at ${provider}?`,
  finishesFirst: 'If the task finishes first, there is nothing to cancel.',
  stopQuestion: 'Stop following this take?',
  stopFree: (provider: string) =>
    `The task keeps running at ${provider}, but its result won’t be downloaded.`,
  stopPaid: (provider: string) =>
    `You can’t cancel it at ${provider}. The task keeps running there and is charged, but its result won’t be downloaded.`,
  finishedPaid: 'The provider has finished the result and you paid for it, but it won’t be downloaded.',
  finished: 'The provider has finished the result, but it won’t be downloaded.',
  stopsFollowingPaid:
    'Understudy stops following it, and you don’t get your money back. Its result won’t be downloaded.',
  stopsFollowing: 'Understudy stops following it. Its result won’t be downloaded.',
  attemptFree: 'It isn’t there. A new attempt is free.',
  attemptAgain: (cost: string) => `It isn’t there. A new attempt costs ${cost}.`,
  askAgain: (provider: string) => `Free. Asks ${provider} once more.`,
  tryAgain: (provider: string) => `Free. ${provider} may not answer.`,
  followTask: 'Free. Enter its task id, and Understudy follows it.',
  stopAndMaybePay: 'Understudy stops following it. No refund if charged.',
  markedDownloading: 'The watermarked version is downloading.',
  noneReadable: 'No take in this library can be read.',
  noneYet: 'Your takes appear here.',
  seeAbove: 'See the message above.',
  keepRunning: 'They keep running at the provider even while Understudy is closed.',
  noneFits: 'No take fits this search.',
  nothingWaits: 'Takes you generate appear here until they are done.',
  pauseTakes: 'Pause stops sending. Running takes continue.',
  pausedTakes: 'Nothing new is sent. Running takes continue.',
  taskCopied: 'The task id is copied.',
  nothingToCompare: 'Nothing to compare yet. Make a take first.',
} as const

export const text = textIn({ en })
