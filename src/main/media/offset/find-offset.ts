import { typicalFrame } from '../../../shared/domain/frames.ts'
import type { FoundOffset, MotionOffset, SoundOffset } from '../../../shared/domain/offset.ts'
import { cancelled, ok, type Outcome } from '../../../shared/outcome.ts'
import type { Seconds } from '../../../shared/units.ts'
import type { MediaTools, OffsetJob, Running } from '../media.ts'
import type { MeasuredClip } from '../probe/clip-facts.ts'
import { measureFile, timesFromFirst } from '../probe/probe-clip.ts'
import { doing } from '../problems.ts'
import { jointOffset } from './joint-offset.ts'
import { motionEnergy } from './motion-energy.ts'
import { inThread } from './offset-thread.ts'
import { listening, readSound } from './read-sound.ts'
import { soundless } from './sound-offset.ts'

const sides = ['reference', 'result'] as const
type Side = (typeof sides)[number]
type Both<T> = { readonly reference: T; readonly result: T }

async function onBoth<T>(work: (side: Side) => Promise<T>): Promise<Both<T>> {
  const [reference, result] = await Promise.all([work('reference'), work('result')])
  return { reference, result }
}

function bothOf<T>({ reference, result }: Both<Outcome<T>>): Outcome<Both<T>> {
  if (!reference.ok) return reference
  return result.ok ? ok({ reference: reference.value, result: result.value }) : result
}

/** Adds up the progress of runs at the same time, each by its share of the work. */
function sharedOut(running: Running): (part: number) => Running {
  const done: number[] = []
  return (part) => {
    const nth = done.push(0) - 1
    const onProgress = (fraction: number) => {
      done[nth] = fraction * part
      running.onProgress?.(
        Math.min(
          1,
          done.reduce((sum, one) => sum + one, 0),
        ),
      )
    }
    return { ...running, onProgress }
  }
}

const stopped = ({ reference, result }: OffsetJob) => cancelled(doing.findingOffset(reference, result))

type Work = {
  readonly mediaTools: MediaTools
  readonly job: OffsetJob
  readonly signal: AbortSignal | undefined
  /** For one run of a tool, whose progress is added to that of the others. */
  readonly oneRun: () => Running
}

/** Sound that can’t be read is no reason to give up: motion may answer. */
async function bySound(
  { mediaTools, job, signal, oneRun }: Work,
  clips: Both<MeasuredClip>,
): Promise<Outcome<SoundOffset>> {
  const mute = sides.find((side) => clips[side].audioStream === null)
  if (mute !== undefined) return ok(soundless({ side: mute, why: 'no-sound' }))
  const how = listening(sides.map((side) => clips[side].facts.duration))
  const heard = await onBoth((side) => readSound(mediaTools, job[side], clips[side], how, oneRun()))
  if (signal?.aborted) return stopped(job)
  const unread = sides.find((side) => !heard[side].ok)
  if (unread !== undefined) return ok(soundless({ side: unread, why: 'unreadable' }))
  const sounds = bothOf(heard)
  if (!sounds.ok) return sounds
  const found = await inThread({ by: 'sound', sounds: sounds.value, rate: how.rate }, signal)
  return found === null ? stopped(job) : ok(found)
}

async function byMotion({ mediaTools, job, signal, oneRun }: Work): Promise<Outcome<MotionOffset>> {
  const curves = bothOf(await onBoth((side) => motionEnergy(mediaTools, job[side], oneRun())))
  if (!curves.ok) return curves
  const found = await inThread({ by: 'motion', curves: curves.value }, signal)
  return found === null ? stopped(job) : ok(found)
}

const frameOf = (clip: MeasuredClip): Seconds =>
  typicalFrame({ frameTimes: timesFromFirst(clip), duration: clip.facts.duration })

/** Of the work of one side. Every frame is decoded for motion. */
const soundPart = 0.1

/** Finds by sound and by motion how far a result has to be moved in time to match its reference. */
export async function findOffset(
  mediaTools: MediaTools,
  job: OffsetJob,
  running: Running = {},
): Promise<Outcome<FoundOffset>> {
  const { signal, onCommand } = running
  const measured = bothOf(await onBoth((side) => measureFile(mediaTools, job[side], { signal, onCommand })))
  if (!measured.ok) return measured
  const clips = measured.value
  const part = sharedOut(running)
  const work = (share: number): Work => ({
    ...{ mediaTools, job, signal },
    oneRun: () => part(share / 2),
  })
  const [sound, motion] = await Promise.all([
    job.by === 'motion' ? ok(null) : bySound(work(job.by === 'sound' ? 1 : soundPart), clips),
    job.by === 'sound' ? ok(null) : byMotion(work(job.by === 'motion' ? 1 : 1 - soundPart)),
  ])
  if (signal?.aborted) return stopped(job)
  if (!sound.ok) return sound
  if (!motion.ok && (sound.value === null || sound.value.verdict === 'none')) return motion
  const frame = Math.max(frameOf(clips.reference), frameOf(clips.result))
  return ok(jointOffset(sound.value, motion.ok ? motion.value : null, frame))
}
