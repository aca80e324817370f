import type { Certificate } from '../../shared/certificate.ts'
import { defaultFit } from '../../shared/fit.ts'
import { fail, ok, type Outcome } from '../../shared/outcome.ts'
import { check } from '../../shared/rules/check.ts'
import type { Media } from '../media/media.ts'
import type { Call } from '../studio-types.ts'
import type { Judged } from './judge.ts'
import type { Prepared } from './prepare-inputs.ts'

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
  const measured = async (path: string | undefined) =>
    path === undefined ? ok(null) : await media.inspect(path, { signal: call.signal })
  const character = await measured(prepared.character?.path)
  if (!character.ok) return character
  const clip = await measured(prepared.clip?.path)
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
    character: prepared.character && { sha256: prepared.character.sha256, bytes: prepared.character.bytes },
    clip: prepared.clip && { sha256: prepared.clip.sha256, bytes: prepared.clip.bytes },
    findings,
  })
}
