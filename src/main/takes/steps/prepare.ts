import { runInTurn } from '../../system/scheduling.ts'
import { etaOf } from '../../prepare/queue/state.ts'
import { checkInputs, type CheckedAgainst } from '../../prepare/check-inputs.ts'
import { renewCertificate, certify } from '../../prepare/certificate.ts'
import { prepareInputs, type Prepared } from '../../prepare/prepare-inputs.ts'
import { ok, type Outcome, type Problem } from '../../../shared/outcome.ts'
import type { Order } from '../attempt.ts'
import { changedSource } from '../submit/source-fingerprint.ts'
import { makeTakeFolder, sweepParts } from '../take-folder.ts'
import { givenCharacter, givenClip } from './given-files.ts'
import { linkedFileUnfit } from './problems.ts'
import type { StepContext, Step } from './step.ts'

/** Measures again (a file may have changed since it was chosen), writes both prepared files and certifies them. */
export const prepareStep: Step = (context) =>
  runInTurn(
    context.parts.inTurn,
    context.signal,
    () => null,
    () => prepareInTurn(context),
  )

/** Prepares both files. A file behind the user’s own link is downloaded instead. */
async function makeBoth(
  context: StepContext,
  judged: CheckedAgainst,
  commands: string[],
): Promise<Outcome<Prepared>> {
  const { parts, record, signal, onProgress } = context
  const { order } = record
  const { folder } = makeTakeFolder(parts.library, order.id)
  await sweepParts(folder)
  const given = {
    character: order.characterUrl && (await givenCharacter(context, order.characterUrl, folder)),
    clip:
      order.clipUrl && (await givenClip(context, order.clipUrl, folder, judged.report.window?.length ?? 0)),
  }
  if (given.character && !given.character.ok) return given.character
  if (given.clip && !given.clip.ok) return given.clip
  const paths = {
    character: given.character ? null : order.characterPath,
    clip: given.clip ? null : order.clipPath,
  }
  const since = parts.clock.monotonic()
  const prepared = await prepareInputs(parts.media, paths, judged, folder, {
    signal,
    onProgress: (fraction) => {
      onProgress(fraction, etaOf(fraction, parts.clock.monotonic() - since))
    },
    onCommand: (line) => commands.push(line),
  })
  if (!prepared.ok) return prepared
  return ok({
    character: given.character ? given.character.value : prepared.value.character,
    clip: given.clip ? given.clip.value : prepared.value.clip,
  })
}

const aboutGiven = (problem: Problem, { clipUrl, characterUrl }: Order): Problem =>
  problem.code === 'tool-failed' && (clipUrl !== null || characterUrl !== null)
    ? linkedFileUnfit(problem)
    : problem

const prepareInTurn: Step = async (context) => {
  const { parts, record, signal } = context
  const commands: string[] = []
  const { order } = record
  const paths = { character: order.characterPath, clip: order.clipPath }
  const failed = (problem: Problem) =>
    signal.aborted ? null : ({ type: 'prepare-failed', problem } as const)
  const changed = await changedSource(order)
  if (changed) return failed(changed)
  const judged = await checkInputs(
    parts.media,
    { ...paths, window: order.window, settings: order.settings },
    parts.limits().prices,
    { signal },
  )
  if (!judged.ok) return failed(judged.problem)
  if (judged.value.refused) return failed(judged.value.refused)
  const prepared = await makeBoth(context, judged.value, commands)
  if (!prepared.ok) return failed(prepared.problem)
  // Again, because a file may be replaced while it is being read.
  const replaced = await changedSource(order)
  if (replaced) return failed(replaced)
  const { clip, character } = prepared.value
  if (!clip || !character) throw new Error('both inputs of a take are prepared')
  const now = new Date(parts.clock.now()).toISOString()
  const certificate = await certify(parts.media, judged.value, prepared.value, now, { signal })
  if (!certificate.ok) return failed(aboutGiven(certificate.problem, order))
  const { folder } = makeTakeFolder(parts.library, order.id)
  const kept = await renewCertificate(folder, certificate.value, parts, signal)
  if (!kept.ok) return failed(kept.problem)
  return { type: 'prepared', clip, character, commands }
}
