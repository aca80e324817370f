import { dirname } from 'node:path'
import type { Problem } from '../../../shared/outcome.ts'
import { sha256Of } from '../../media/source-file.ts'
import { readCertificate, type CertifiedSubject } from '../../prepare/certificate.ts'
import type { Attempt } from '../attempt.ts'
import type { TakeRecord } from '../record.ts'
import {
  certificateMissing,
  certifiedForOther,
  preparedChanged,
  preparedGone,
  preparedMissing,
} from './problems.ts'

type Role = 'clip' | 'character'
type Prepared = NonNullable<Attempt['preparedClip'] | Attempt['preparedCharacter']>

const isAbout = (certified: CertifiedSubject[Role], file: Prepared) =>
  certified?.sha256 === file.sha256 && certified.bytes === file.bytes

/** Why the certificate doesn’t fit these prepared files and what they are sent to; null if it does. */
function certificateMismatch({ order, attempt }: TakeRecord): Problem | null {
  const { preparedClip, preparedCharacter } = attempt
  if (!preparedClip || !preparedCharacter) return preparedMissing
  const certificate = readCertificate(dirname(preparedClip.path))
  if (certificate === null) return certificateMissing
  const { provider, model, orientation } = order.settings
  const isForThis =
    certificate.provider === provider &&
    certificate.model === model &&
    certificate.orientation === orientation
  if (!isForThis) return certifiedForOther
  if (!isAbout(certificate.clip, preparedClip)) return preparedChanged('clip')
  return isAbout(certificate.character, preparedCharacter) ? null : preparedChanged('character')
}

/** Whether the prepared files have a certificate that fits. The files themselves are not read. */
export const hasCertificate = (record: TakeRecord): boolean => certificateMismatch(record) === null

/**
 * Why the prepared files of a take must not be sent; null if they are byte for byte the files that were certified
 * for this model.
 */
export async function certificateProblem(record: TakeRecord): Promise<Problem | null> {
  const why = certificateMismatch(record)
  if (why) return why
  const { preparedClip, preparedCharacter } = record.attempt
  const files = [
    ['clip', preparedClip],
    ['character', preparedCharacter],
  ] as const
  for (const [role, file] of files) {
    if (!file) continue
    const sha256 = await sha256Of(file.path).catch(() => null)
    if (sha256 === null) return preparedGone(role)
    if (sha256 !== file.sha256) return preparedChanged(role)
  }
  return null
}
