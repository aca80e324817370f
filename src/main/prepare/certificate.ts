import { basename } from 'node:path'
import type { Certificate } from '../../shared/domain/certificate.ts'
import { defaultFit } from '../../shared/domain/fit.ts'
import type { MediaFacts } from '../../shared/domain/media.ts'
import { fail, ok, type Outcome } from '../../shared/outcome.ts'
import { check } from '../../shared/rules/check.ts'
import type { Bytes } from '../../shared/units.ts'
import { sha256Of } from '../media/hash-file.ts'
import type { Media } from '../media/media.ts'
import type { Call } from '../core/studio-types.ts'
import type { Judged } from './check-inputs.ts'
import type { Prepared } from './prepare-inputs.ts'

type Written = { readonly path: string; readonly sha256: string; readonly bytes: Bytes }

const certified = (file: Written | null) => file && { sha256: file.sha256, bytes: file.bytes }

/** What lies on the disk is hashed and measured once more: it has got its name since it was checked. */
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
  return fail(
    'tool-failed',
    `“${basename(file.path)}” was changed by another program while it was prepared.`,
    {
      advice: 'Nothing was sent. Prepare it again.',
    },
  )
}

/**
 * Measures the written files again and holds them against the rules: what is certified is what was written, not
 * what was meant. Only clean files may be submitted.
 */
export async function certify(
  media: Media,
  { rules, held }: Judged,
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
      // The choices of fit were followed: what is measured here is what came of them.
      settings: { ...held.settings, fit: defaultFit },
      scan: null,
    },
    rules,
  )
  const broken = findings.filter((finding) => finding.level === 'error')
  if (broken.length > 0) {
    return fail(
      'tool-failed',
      `The prepared files still break a rule. ${broken.map((it) => it.message).join(' ')}`,
      {
        advice: 'Nothing was sent. Please report this clip, it should have been made to fit.',
      },
    )
  }
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
