import type { Waveform } from '../../../shared/domain/scan.ts'
import type { View } from './view.ts'

/** The loudest moment of every column of pixels, from 0 to 1. */
export function columnsOf({ step, peaks }: Waveform, view: View, columns: number): readonly number[] {
  const each = (view.to - view.from) / Math.max(1, columns)
  return Array.from({ length: columns }, (_, column) => {
    const first = Math.max(0, Math.floor((view.from + column * each) / step))
    const last = Math.max(first, Math.ceil((view.from + (column + 1) * each) / step) - 1)
    let loudest = 0
    for (let index = first; index <= last && index < peaks.length; index += 1)
      loudest = Math.max(loudest, peaks[index] ?? 0)
    return loudest
  })
}
