import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { z } from 'zod'
import type { Certificate } from '../../shared/domain/views.ts'
import { defaultFit, orientations } from '../../shared/domain/take.ts'
import type { MediaFacts } from '../../shared/domain/media.ts'
import { ok, type Outcome } from '../../shared/outcome.ts'
import { check } from '../../shared/rules/check.ts'
import type { Bytes } from '../../shared/units.ts'
import { sha256Of } from '../media/source-file.ts'
import type { Media } from '../media/media.ts'
import type { Call } from './types.ts'
import type { CheckedAgainst } from './check-inputs.ts'
import type { Prepared } from './prepare-inputs.ts'
import { renameFirmly, type Rename } from '../files/durable.ts'
import { writeProblem } from '../files/problems.ts'
import type { Clock } from '../system/ports.ts'
import { changedMeanwhile, stillBreaksRules } from './problems.ts'

type Written = { readonly path: string; readonly sha256: string; readonly bytes: Bytes }

const certified = (file: Written | null) => file && { sha256: file.sha256, bytes: file.bytes }

/** Hashes and measures the file on the disk again: it was renamed since it was checked. */
async function measured(
  media: Media,
  file: Written | null,
  { signal }: Call,
): Promise<Outcome<MediaFacts | null>> {
  if (file === null) return ok(null)
  const [facts, sha256] = await Promise.all([
    media.inspect(file.path, { signal }),
    sha256Of(file.path).catch(() => null),
  ])
  if (!facts.ok || sha256 === file.sha256) return facts
  return changedMeanwhile(file.path)
}

/**
 * Measures the written files again and checks them against the rules: a certificate is about what was written, not what
 * was planned. Only files without errors may be submitted.
 */
export async function certify(
  media: Media,
  { rules, held }: CheckedAgainst,
  prepared: Prepared,
  issuedAt: string,
  call: Call,
): Promise<Outcome<Certificate>> {
  const [character, clip] = await Promise.all([
    measured(media, prepared.character, call),
    measured(media, prepared.clip, call),
  ])
  if (!character.ok) return character
  if (!clip.ok) return clip
  const findings = check(
    {
      character: character.value?.kind === 'character' ? character.value : null,
      clip: clip.value?.kind === 'clip' ? clip.value : null,
      asked: { start: 0, length: null },
      // The fit was already applied to these files.
      settings: { ...held.settings, fit: defaultFit },
      scan: null,
    },
    rules,
  )
  const broken = findings.filter((finding) => finding.level === 'error')
  if (broken.length > 0) return stillBreaksRules(broken)
  return ok({
    issuedAt,
    provider: rules.provider,
    model: rules.model,
    orientation: held.settings.orientation,
    character: certified(prepared.character),
    clip: certified(prepared.clip),
    findings,
  })
}

/** In the folder of the certified files. */
export const certificateName = 'certificate.json'

const asText = (certificate: Certificate) => `${JSON.stringify(certificate, null, 2)}\n`

/** Never replaces an existing one. */
export async function addCertificate(folder: string, certificate: Certificate): Promise<Outcome<null>> {
  const path = join(folder, certificateName)
  try {
    await writeFile(path, asText(certificate), { flag: 'wx', flush: true })
    return ok(null)
  } catch (error) {
    return writeProblem(error, path)
  }
}

/** Replaces an older one, completely or not at all. */
export async function renewCertificate(
  folder: string,
  certificate: Certificate,
  ports: { readonly rename: Rename; readonly clock: Pick<Clock, 'sleep'> },
  signal: AbortSignal,
): Promise<Outcome<null>> {
  const path = join(folder, certificateName)
  // With this name it is cleaned up like every other unfinished file after a crash.
  const unfinished = join(folder, `.${randomBytes(8).toString('hex')}.part.json`)
  try {
    await writeFile(unfinished, asText(certificate), { mode: 0o600, flush: true })
    const why = await renameFirmly(unfinished, path, ports, signal)
    return why === null ? ok(null) : writeProblem(new Error(why), path)
  } catch (error) {
    return writeProblem(error, path)
  } finally {
    await rm(unfinished, { force: true })
  }
}

const certifiedFile = z.object({ sha256: z.string(), bytes: z.number() }).nullable()

/** The part of a certificate that is checked later; its findings are for people. */
const subject = z.object({
  provider: z.string(),
  model: z.string(),
  orientation: z.enum(orientations),
  character: certifiedFile,
  clip: certifiedFile,
})
export type CertifiedSubject = z.infer<typeof subject>

/** null where there is none or it cannot be read. */
export function readCertificate(folder: string): CertifiedSubject | null {
  try {
    const read = subject.safeParse(JSON.parse(readFileSync(join(folder, certificateName), 'utf8')))
    return read.success ? read.data : null
  } catch {
    return null
  }
}
