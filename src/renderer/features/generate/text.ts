import { textIn } from '../../lib/language.ts'

const en = {
  noRate: 'The provider publishes no rate.',
  freeQuestion: 'Generate for 0 USD?',
  costQuestion: (estimate: string) => `Spend ${estimate}?`,
  actualCharge: 'The actual charge is shown afterwards if the provider reports it.',
  exceedsLimit: 'This exceeds a limit you set. You’ll confirm once more.',
  framingUnseen: 'Not ticked as the same.',
  neverRefunds: 'The provider never refunds a submitted take.',
  addBoth: 'Add a character and a clip.',
  addCharacter: 'Add a character image to animate.',
  addClip: 'Add a clip with the motion to copy.',
  notResponding: 'Understudy isn’t responding.',
  noMediaTools: 'Video tools are missing on this computer.',
  reading: 'Reading the files…',
  checking: 'Checking the inputs…',
  changed: 'Something changed before you confirmed, so nothing was sent.',
  checkCostAgain: 'Check the cost again, then generate.',
} as const

export const text = textIn({ en })
