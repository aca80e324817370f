import type { Scan, Span } from '../../../shared/domain/scan.ts'
import type { Seconds } from '../../../shared/units.ts'

export const bandKinds = ['frozen', 'still', 'black', 'fast'] as const
export type BandKind = (typeof bandKinds)[number]

export const bandWords: Readonly<Record<BandKind, string>> = {
  frozen: 'Frozen',
  still: 'Hardly moving',
  black: 'Black',
  fast: 'Very fast',
}

export type Band = Span & { readonly kind: BandKind }
export type Mark = { readonly kind: 'cut' | 'jump'; readonly at: Seconds }

export const markWords: Readonly<Record<Mark['kind'], string>> = { cut: 'Cut', jump: 'Camera jump' }

/** In the order of time. */
export const marksOf = ({ cuts, jumps }: Scan): readonly Mark[] =>
  [...cuts.map((at): Mark => ({ kind: 'cut', at })), ...jumps.map((at): Mark => ({ kind: 'jump', at }))].sort(
    (one, other) => one.at - other.at,
  )

export const bandsOf = (scan: Scan): readonly Band[] =>
  bandKinds.flatMap((kind) => scan[kind].map((span) => ({ kind, ...span })))
