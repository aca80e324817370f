import { aCharacter, aClip } from '../../support/clips/facts.ts'

/** What lies in the folder where commands run. */
export const files = {
  '/place/face.jpg': aCharacter(),
  '/place/dance.mp4': aClip(),
  '/place/short.mp4': aClip({ duration: 2, frames: 60 }),
  '/place/tiny.jpg': aCharacter({ width: 60, height: 60 }),
}

export const asked = (out: string, ...more: string[]) => [
  'generate',
  ...['--character', 'face.jpg', '--clip', 'dance.mp4', '--out', out],
  ...more,
]
export const paid = ['--provider', 'kling', '--clip-url', 'https://example.com/clip.mp4']
