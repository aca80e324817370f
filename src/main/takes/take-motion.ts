import { existsSync } from 'node:fs'
import type { ClipFacts } from '../../shared/domain/media.ts'
import {
  freezesIn,
  timingOf,
  type MotionCurve,
  type MotionTiming,
  type TakeMotion,
} from '../../shared/domain/motion.ts'
import { ok, type Outcome } from '../../shared/outcome.ts'
import { earlyEnd, inWords } from '../../shared/text/result-length.ts'
import { createSharedRuns } from '../clip-preview/shared-runs.ts'
import { share } from '../media/ffmpeg.ts'
import type { Media, Running } from '../media/media.ts'
import { sha256Of } from '../media/source-file.ts'
import type { Call } from '../prepare/types.ts'
import type { Log } from '../system/ports.ts'
import { keepMotion, readMotion } from './kept-motion.ts'
import { measuringMotion } from './problems.ts'
import { takeFolder } from './take-folder.ts'
import type { Library } from './takes.ts'
import { aboutVideo, notAVideo, videoMissing } from './video-problems.ts'

export type TakeMotionParts = {
  readonly library: Pick<Library, 'record' | 'wholeResult'>
  readonly folder: string
  readonly media: Pick<Media, 'inspect' | 'frameTimes' | 'scan' | 'motion'>
  readonly log: Log
}

type Kept = Awaited<ReturnType<typeof readMotion>>

const timingIn = ({ step, values }: MotionTiming): MotionTiming => ({ step, values })

/** How takes move beside their references. Curves that are not kept yet are measured on demand. */
export function createTakeMotion({ library, folder, media, log }: TakeMotionParts) {
  const shared = createSharedRuns()

  async function clipFacts(path: string): Promise<Outcome<ClipFacts>> {
    if (!existsSync(path)) return videoMissing('prepared clip')
    const facts = await media.inspect(path, {}, 'clip')
    if (!facts.ok) return aboutVideo('prepared clip', facts.problem)
    return facts.value.kind === 'clip' ? ok(facts.value) : notAVideo('prepared clip')
  }

  /** Scanned rather than only measured: what the scan sees explains an early end. */
  async function referenceOf(
    clip: { readonly path: string; readonly facts: ClipFacts },
    kept: Kept,
    running: Running,
  ): Promise<Outcome<NonNullable<Kept['reference']>>> {
    const { path, facts } = clip
    const sha256 = await sha256Of(path)
    if (kept.reference?.sha256 === sha256) return ok(kept.reference)
    const measured: MotionCurve[] = []
    const onMotion = (motion: MotionCurve) => measured.push(motion)
    const scan = await media.scan(path, facts, { start: 0, end: facts.duration }, { ...running, onMotion })
    if (!scan.ok) return scan
    const motion = measured[0] ? ok(measured[0]) : await media.motion(path, running)
    if (!motion.ok) return motion
    const { step, values } = timingOf(motion.value)
    const { cuts, fast } = scan.value
    return ok({ sha256, step, values: [...values], cuts: [...cuts], fast: [...fast] })
  }

  async function resultOf(
    { path, sha256 }: { readonly path: string; readonly sha256: string },
    kept: Kept,
    running: Running,
  ): Promise<Outcome<NonNullable<Kept['result']>>> {
    if (kept.result?.sha256 === sha256) return ok(kept.result)
    const motion = await media.motion(path, running)
    if (!motion.ok) return motion
    const { step, values } = timingOf(motion.value)
    return ok({ sha256, step, values: [...values] })
  }

  async function measure(id: string, running: Running): Promise<Outcome<TakeMotion>> {
    const record = library.record(id)
    if (!record.ok) return record
    const whole = await library.wholeResult(id)
    if (!whole.ok) return whole
    const { order, attempt } = record.value
    if (attempt.result === null) return videoMissing('result')
    const own = takeFolder(folder, id)
    const facts = await clipFacts(own.clip)
    if (!facts.ok) return facts

    const kept = await readMotion(own.folder)
    const clip = { path: own.clip, facts: facts.value }
    const reference = await referenceOf(clip, kept, share(running, 0, 0.5))
    if (!reference.ok) return aboutVideo('prepared clip', reference.problem)
    const file = { path: whole.value, sha256: attempt.result.sha256 }
    const result = await resultOf(file, kept, share(running, 0.5, 1))
    if (!result.ok) return aboutVideo('result', result.problem)
    if (reference.value !== kept.reference || result.value !== kept.result)
      await keepMotion(own.folder, { reference: reference.value, result: result.value }).catch(
        (error: unknown) => {
          log('the motion curves weren’t kept', { take: id, error })
        },
      )

    const frameTimes = await media.frameTimes(own.clip, running)
    if (!frameTimes.ok) return frameTimes
    return ok({
      reference: timingIn(reference.value),
      result: timingIn(result.value),
      freezes: freezesIn(reference.value, result.value).map(inWords),
      shorter: earlyEnd({
        reference: { frameTimes: frameTimes.value, duration: facts.value.duration },
        result: attempt.result.duration,
        scan: reference.value,
        expected: (attempt.estimate ?? order.estimate).seconds,
      }),
    })
  }

  return {
    motion: (id: string, call: Call = {}): Promise<Outcome<TakeMotion>> =>
      shared(id, measuringMotion, call, (running) => measure(id, running)),
  }
}
