import { textIn } from '../../lib/language.ts'

const en = {
  installIt: 'How to install it',
  needsAccount: (provider: string) => `${provider} needs your own key. Three short steps.`,
  asStated: (day: string) => `As stated by the providers, checked on ${day}. Your choice is marked.`,
  linkedUnchanged: 'Linked files are sent unchanged, ignoring this window’s.',
  presets:
    'A preset stores provider, model, orientation, mode, sound and how files are made to fit. It doesn’t store the prompt, the crop or the files.',
  callbackUse: 'The provider calls it when the take changes.',
  callbackWrong: 'Enter an https:// address, or http:// on this computer. None is sent until then.',
  watermark: 'Adds a copy with the provider’s watermark.',
} as const

export const text = textIn({ en })
