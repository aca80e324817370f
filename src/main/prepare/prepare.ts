import { join } from 'node:path'
import { existsSync } from 'node:fs'
import type { ClipWindow } from '../../shared/domain/media.ts'
import { cancelled, ok, type Outcome } from '../../shared/outcome.ts'
import { timingOf } from '../../shared/domain/motion.ts'
import { longestSpanWithoutCut } from '../../shared/rules/hints.ts'
import { findModel, modelRules } from '../../shared/rules/models.ts'
import { numericLimit } from '../../shared/rules/window.ts'
import type { TakeSettings } from '../../shared/domain/take.ts'
import type { Media } from '../media/media.ts'
import type { Call, Workshop } from './types.ts'
import { type ScanOf, clipFacts, checkInputs, type Ways } from './check-inputs.ts'
import { remoteProviders } from '../../shared/domain/account.ts'
import type { ProviderView } from '../../shared/domain/views.ts'
import type { Prices } from '../../shared/rules/estimate.ts'
import { providerAbouts } from '../../shared/rules/providers.ts'
import type { FileTokens } from '../files/file-tokens.ts'
import { makeFolder } from '../files/durable.ts'
import type { Clock } from '../system/ports.ts'
import { addCertificate, certificateName, certify } from './certificate.ts'
import { prepareInputs } from './prepare-inputs.ts'
import { cutsUnknown, doing, folderNotCreated, namesTaken } from './problems.ts'

/** The longest part of a clip without a cut, within the model’s limit for this orientation. */
async function windowWithoutCuts(
  { media, scanOf }: { readonly media: Media; readonly scanOf: ScanOf },
  clip: string,
  { provider, model, orientation }: Pick<TakeSettings, 'provider' | 'model' | 'orientation'>,
  call: Call,
): Promise<Outcome<ClipWindow>> {
  const facts = await clipFacts(media, clip, call)
  if (!facts.ok) return facts
  const whole = { start: 0, end: facts.value.duration }
  const scan = await scanOf(clip, facts.value, whole, call)
  if (call.signal?.aborted) return cancelled(doing.findingCuts(clip))
  if (scan === null) {
    // Scans again for the reason of the failure, which a hint does not need.
    const looked = await media.scan(clip, facts.value, whole, { signal: call.signal })
    if (!looked.ok) return looked
  }
  const rules = findModel(provider, model)
  const max = (rules && numericLimit(rules, 'clip.duration.max', orientation)) ?? Infinity
  const longest = scan && longestSpanWithoutCut(facts.value, scan, { max })
  if (longest !== null) return ok(longest)
  return cutsUnknown(clip)
}

/** The longer side of a preview image, in pixels: sharp on a large screen, and quick to load. */
const pictureSide = 960

function aboutProvider(id: string): Pick<ProviderView, 'name' | 'practice' | 'addresses' | 'keysFrom'> {
  const remote = remoteProviders.find((one) => one === id)
  return remote === undefined
    ? { name: 'Practice', practice: true, addresses: [], keysFrom: '' }
    : { ...providerAbouts[remote], practice: false }
}

function listProviders(): readonly ProviderView[] {
  const ids = [...new Set(modelRules.map((rules) => rules.provider))]
  return ids.map((id) => ({
    id,
    ...aboutProvider(id),
    models: modelRules.filter((rules) => rules.provider === id),
  }))
}

/** Refuses a folder where a file would be replaced; creates it where it is missing. */
function freeFolder(folder: string, names: readonly string[]): Outcome<null> {
  const taken = names.filter((name) => existsSync(join(folder, name)))
  if (taken.length > 0) return namesTaken(folder, taken)
  try {
    makeFolder(folder)
    return ok(null)
  } catch (error) {
    return folderNotCreated(folder, error)
  }
}

export type WorkshopParts = {
  readonly media: Media
  readonly fileTokens: FileTokens
  readonly clock: Clock
  /** The current price list. */
  readonly prices: () => Prices
  /** How a check scans a part. */
  readonly scanOf: ScanOf
  readonly adviceOn?: Ways['adviceOn'] | undefined
}

export function createWorkshop({
  media,
  fileTokens,
  clock,
  prices,
  scanOf,
  adviceOn,
}: WorkshopParts): Workshop {
  const inspect: Workshop['inspect'] = async (path, call = {}, as = null) => {
    const file = await fileTokens.register(path)
    if (!file.ok) return file
    const facts = await media.inspect(path, { signal: call.signal }, as)
    if (!facts.ok) return facts
    const picture = await media.picture(path, facts.value, pictureSide, { signal: call.signal })
    if (!picture.ok) return picture
    const shown = {
      file: file.value,
      picture: fileTokens.serveBytes(picture.value, 'image/jpeg'),
      media: fileTokens.serveUrl(path),
    }
    return ok(
      facts.value.kind === 'clip' ? { ...shown, facts: facts.value } : { ...shown, facts: facts.value },
    )
  }

  const prepare: Workshop['prepare'] = async (inputs, folder, call = {}) => {
    const checked = await checkInputs(media, inputs, prices(), call, { adviceOn })
    if (!checked.ok) return checked
    const { report, facts, refused } = checked.value
    if (refused) return { ok: false, problem: refused }
    const free = freeFolder(folder, ['clip.mp4', 'character.jpg', 'character.png', certificateName])
    if (!free.ok) return free
    const prepared = await prepareInputs(media, inputs, checked.value, folder, call)
    if (!prepared.ok) return prepared
    const issuedAt = new Date(clock.now()).toISOString()
    const certificate = await certify(media, checked.value, prepared.value, issuedAt, call)
    if (!certificate.ok) return certificate
    const kept = await addCertificate(folder, certificate.value)
    if (!kept.ok) return kept
    return ok({ ...prepared.value, checked: { report, facts, refused }, certificate: certificate.value })
  }

  return {
    inspect,
    check: async (inputs, call = {}) => {
      const checked = await checkInputs(media, inputs, prices(), call, { scanOf, adviceOn })
      if (!checked.ok) return checked
      const { report, facts, refused } = checked.value
      return ok({ report, facts, refused })
    },
    withoutCuts: (clip, settings, call = {}) => windowWithoutCuts({ media, scanOf }, clip, settings, call),
    frameTimes: (clip, call = {}) => media.frameTimes(clip, { signal: call.signal }),
    prepare,
    motion: async (clip, call = {}) => {
      const facts = await clipFacts(media, clip, call)
      if (!facts.ok) return facts
      const motion = await media.motion(clip, call)
      if (!motion.ok) return motion
      const { duration, frames } = facts.value
      return ok({ ...timingOf(motion.value), frames, duration })
    },
    findOffset: (job, call) => media.findOffset(job, call),
    sideBySide: (job, call) => media.sideBySide(job, call),
    providers: listProviders,
  }
}
