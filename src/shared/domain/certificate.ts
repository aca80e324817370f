import type { Finding } from '../rules/finding.ts'
import type { Orientation } from './take.ts'
import type { Bytes, Timestamp } from '../units.ts'

type Certified = { readonly sha256: string; readonly bytes: Bytes }

/** Says that these very files were measured after writing and break no rule of this model. */
export type Certificate = {
  readonly issuedAt: Timestamp
  readonly provider: string
  readonly model: string
  readonly orientation: Orientation
  readonly character: Certified | null
  readonly clip: Certified | null
  readonly findings: readonly Finding[]
}
