import { textIn } from '../../lib/language.ts'

const en = {
  makingCopy: 'Making a copy that this window can play…',
  cannotPlay: 'This window can’t play the clip.',
  stillUsable: 'Understudy can still use it.',
  allowedEnds: (first: string, last: string) =>
    `From this in-point the part may end between ${first} and ${last}.`,
  clipFrames: (frames: string) => `The clip has ${frames} frames.`,
  clipEnd: (time: string) => `The clip ends at ${time}.`,
  movedToEdge: 'Moved to the edge of the clip.',
  holdShift: 'Hold Shift to move the other end too.',
  scanning: 'Checking for cuts and still parts…',
  lengthKept: (moved: string) => `${moved}: the length is kept.`,
  outAtLeast: (verb: string, time: string, least: string) => `Out ${verb} ${time}: at least ${least}.`,
  atMost: (moved: string, most: string) => `${moved}: at most ${most}.`,
  howToType: 'Type seconds (12.5), minutes and seconds (0:12.5), a timecode (00:00:12:15) or a frame (f375).',
  beforeStart: 'A clip has no time before 0.',
  framesFromOne: 'Frame numbers start at 1.',
  framesPerSecond: (count: string, last: string) =>
    `This clip has ${count} frames per second, numbered 0 to ${last}.`,
  limits: (least: string, most: string) => `${least} to ${most} with this framing.`,
  clipTooShort: (length: string, least: string) =>
    `This clip is ${length} long, but this framing needs at least ${least}. All of it is used.`,
  choseMore: (chosen: string, most: string) =>
    `You chose ${chosen}, but this framing allows at most ${most}. Your ${chosen} returns when you choose a framing that allows it.`,
} as const

export const text = textIn({ en })
