import { nameTaken } from '../problems.ts'
import { basename, join } from 'node:path'
import type { Certificate } from '../../../shared/domain/views.ts'
import type { PreparedCharacter, PreparedClip } from '../../../shared/domain/media.ts'
import { ok, type Outcome } from '../../../shared/outcome.ts'
import { formatBytes, formatSeconds } from '../../../shared/units.ts'
import type { Bench } from '../../core/open-studio.ts'
import type { CheckedInputs, Workshop } from '../../prepare/types.ts'
import { isBatch, type Pair } from './batch-files.ts'
import { exitCodeOf, exitCodes, type ExitCode } from '../exit-codes.ts'
import { formatPlan, planForPrograms } from './check.ts'
import { exists, openStaging, type Staging } from '../out-folder.ts'
import { using, type Session } from '../session.ts'
import { tensOf } from '../output.ts'
import { partOf } from '../performed-part.ts'
import type { PrepareRequest } from '../requests.ts'
import { runBatch } from './batch.ts'

type Prepared = {
  readonly clip: PreparedClip | null
  readonly character: PreparedCharacter | null
  readonly checked: CheckedInputs
  readonly certificate: Certificate
}

/** One character, one clip or both, straight into the folder that was named. */
type OnePair = Pick<PrepareRequest, 'window' | 'withoutCuts' | 'settings' | 'out'> & Pair

function targets({ clip, character }: OnePair): readonly string[] {
  return [
    ...(clip === null ? [] : ['clip.mp4']),
    ...(character === null ? [] : ['character.jpg', 'character.png']),
    'certificate.json',
  ]
}

/** Known before minutes of work are spent on it. */
async function takenTarget(request: OnePair): Promise<Outcome<null>> {
  for (const name of targets(request))
    if (await exists(join(request.out, name))) return nameTaken(request.out, name)
  return ok(null)
}

async function prepareInto(
  staging: Staging,
  request: OnePair,
  workshop: Workshop,
  { printer, signal }: Session,
): Promise<Outcome<Prepared>> {
  const { character, clip, settings } = request
  const part = await partOf(workshop, request, signal)
  if (!part.ok) return part
  const window = part.value
  const onProgress = tensOf((text) => {
    if (printer.terminal) printer.line(text)
  })
  const prepared = await workshop.prepare({ character, clip, window, settings }, staging.folder, {
    signal,
    onProgress,
  })
  if (!prepared.ok) return prepared
  const published = await staging.publish()
  return published.ok ? prepared : published
}

const atHome = <T extends { readonly path: string }>(file: T, out: string): T => ({
  ...file,
  path: join(out, basename(file.path)),
})

function tell({ printer }: Session, out: string, { clip, character, checked, certificate }: Prepared): void {
  const plan = checked.report.plan
  printer.value({
    ...(clip && { clip: atHome(clip, out) }),
    ...(character && { character: atHome(character, out) }),
    plan: planForPrograms(plan),
    certificate,
  })
  if (plan.length > 0) printer.line(formatPlan(plan))
  for (const file of [character, clip]) {
    if (!file) continue
    const length = 'duration' in file ? `, ${formatSeconds(file.duration)}` : ''
    const size = `${file.width} × ${file.height} px, ${formatBytes(file.bytes)}${length}`
    printer.line(`Wrote ${atHome(file, out).path} (${size})`)
  }
  printer.line(`Wrote ${join(out, 'certificate.json')}`)
}

async function runOne(request: OnePair, workshop: Bench, session: Session): Promise<ExitCode> {
  const refuse = ({ problem }: Extract<Outcome<never>, { readonly ok: false }>) => {
    session.printer.problem(problem)
    return exitCodeOf(problem)
  }
  const free = await takenTarget(request)
  if (!free.ok) return refuse(free)
  const staging = await openStaging(request.out, workshop.trackFile)
  if (!staging.ok) return refuse(staging)
  try {
    const prepared = await prepareInto(staging.value, request, workshop, session)
    if (!prepared.ok) return refuse(prepared)
    tell(session, request.out, prepared.value)
    return exitCodes.done
  } finally {
    await staging.value.discard()
  }
}

/** Writes what would be sent, with the certificate that it fits; offline and without the library. */
export const runPrepare = (request: PrepareRequest, session: Session): Promise<ExitCode> =>
  using(session, session.openWorkshop(), async (workshop) => {
    // What a killed run left in its folder is of no use to this one.
    await workshop.sweep()
    if (await isBatch(request)) return runBatch(request, workshop, session)
    const [character = null] = request.characters
    const [clip = null] = request.clips
    return runOne({ ...request, character, clip }, workshop, session)
  })
