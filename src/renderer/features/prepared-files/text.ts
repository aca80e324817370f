import { textIn } from '../../lib/language.ts'

const en = {
  allLimitsMet: 'All limits of this model are met. The files were measured again after they were written.',
  oneSimilarLimit: 'One limit of similar providers is not met.',
  similarLimits: (count: string) => `${count} limits of similar providers are not met.`,
  noCommand: 'Understudy converts the character itself, so there is no command to show.',
  preparing: 'Preparing the files as they would be sent…',
  untouched: 'Nothing was sent, and your own files are unchanged.',
  shown:
    'These are the actual files, prepared on this computer. Nothing was sent, and your own files are unchanged.',
  failed: 'The files could not be prepared. Nothing was sent, and your own files are unchanged.',
} as const

export const text = textIn({ en })
