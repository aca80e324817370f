import { tag, type TiffDirectory } from './tiff-directory.ts'

/** Channels of a TIFF beside its colours: how many, and whether the first says how see-through the picture is. */
export type ExtraChannels = { readonly count: number; readonly alpha: boolean }

export const noExtras: ExtraChannels = { count: 0, alpha: false }

const colours = { palette: 3, cmyk: 5 }
const ofOneColour = [0, 1, 4]
const seeThrough = [1, 2]

/** Programs keep selections and special inks in channels of their own, which are no part of what is seen. */
export function extraChannels(directory: TiffDirectory): ExtraChannels {
  const photometric = directory.get(tag.photometric)
  // What a palette says is three colours to everyone behind the decoder.
  if (photometric === undefined || photometric === colours.palette) return noExtras
  const inks = photometric === colours.cmyk ? 4 : ofOneColour.includes(photometric) ? 1 : 3
  const count = Math.max(0, (directory.get(tag.channels) ?? 1) - inks)
  // A program that does not say what the channel is means the one that everybody knows.
  const first = directory.get(tag.extraChannels) ?? 2
  return { count, alpha: count > 0 && seeThrough.includes(first) }
}

/** Some of the channels are not to be looked at. */
export const hasUnseen = ({ count, alpha }: ExtraChannels): boolean => count > (alpha ? 1 : 0)
