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

/** The certificate beside the prepared files, where it is about these very files and what they are sent to. */
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

/** Whether a certificate lies beside the prepared files that says what it has to; the files themselves are not read. */
export const hasCertificate = (record: TakeRecord): boolean => certificateMismatch(record) === null

/**
 * Why the prepared files of a take must not be sent; null when they are byte for byte what was measured after writing,
 * and held against the rules of the very model that they go to.
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
