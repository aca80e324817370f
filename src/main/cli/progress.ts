import type { Fraction } from '../../shared/units.ts'

/** Turns a stream of fractions into one line for every ten percent. */
export function tensOf(tell: (text: string) => void): (fraction: Fraction | null) => void {
  let told = 0
  return (fraction) => {
    const tens = Math.floor((fraction ?? 0) * 10)
    if (tens <= told) return
    told = tens
    tell(`${tens * 10} %`)
  }
}
