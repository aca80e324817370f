import { textIn } from '../../lib/language.ts'

const en = {
  makesFit: 'Understudy makes the files fit and saves them in a folder you choose. Nothing is sent.',
  refusedNotPrepared: 'Files the provider would refuse are not prepared.',
  howToFill:
    'Drop several files into the window, or press “Prepare without generating…”. The queue prepares one at a time, offline, and continues after a restart.',
  empty: 'The queue is empty.',
} as const

export const text = textIn({ en })
