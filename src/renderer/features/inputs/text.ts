import { textIn } from '../../lib/language.ts'

const en = {
  sameFraming: 'Same framing?',
  looksSame: 'Yes',
  whyFraming: 'If the video shows the whole body, the picture must too. You pay even if the result is wrong.',
} as const

export const text = textIn({ en })
