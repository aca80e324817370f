export const text = {
  sameFraming: 'Same framing?',
  looksSame: 'Yes',
  whyFraming: 'If the video shows the whole body, the picture must too. You pay even if the result is wrong.',
} as const
