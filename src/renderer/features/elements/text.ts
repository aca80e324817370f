import { textIn } from '../../lib/language.ts'

const en = {
  idWrong: 'Enter a whole number of at most 19 digits. No element is used until then.',
  onlyVideo: 'Elements only work with Video orientation.',
  loading: 'Loading elements from Kling…',
  deleteQuestion: (name: string) => `Delete “${name}”?`,
  deletes: 'Kling deletes it permanently for everything that uses this account. Finished takes don’t change.',
  noneYet: 'You have no elements yet. Make one from two to four images of a character.',
  noPresets: 'Kling offers no presets to this account.',
  isMaking: (name: string) => `Kling is making “${name}” now.`,
  makingTakesAWhile:
    'This takes a while and continues when you close this window. Refresh later to choose the element.',
  library: (account: string) =>
    `The library of ${account}. An element gives the take a face that the provider knows.`,
  isVideo: (name: string) => `“${name}” is a video.`,
  chooseImage: 'Choose an image. Elements are made from images.',
  descriptionUse: 'Describe it in at most 100 characters.',
  sending: 'Sending the images to Kling…',
} as const

export const text = textIn({ en })
