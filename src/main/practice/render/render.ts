import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { doPictureWork } from '../../pictures/do-picture-work.ts'
import type { Clock, RunTool } from '../../system/ports.ts'
import type { ClipFacts } from '../examine.ts'
import { characterFile, clipFile } from '../inputs.ts'
import type { Render } from '../work.ts'
import { type Affine, move } from './affine.ts'
import { type Canvas, copyOf, drawSprite, type Sprite } from './canvas.ts'
import { encodeArguments } from './encode.ts'
import { measurePoses } from './poses.ts'
import { fitPoses, paintBent } from './puppet.ts'
import { matchDance, readDance } from './sample/dance.ts'
import { findCharacter, type Placement } from './sample/find-character.ts'
import { createPerformance, inside, spriteScale, withSwings } from './sample/perform.ts'
import { type PartName, readRig, type Rig } from './sample/rig.ts'
import type { Stage } from './scene.ts'
import { type GrayFrames, readGrayFrames } from './silhouette.ts'
import { stanceOfPose } from './stance.ts'

type Means = {
  readonly run: RunTool
  readonly ffmpeg: string | null
  readonly clock: Clock
  /** The folder of the bundled sample, whose dancer and character are known; null to know neither. */
  readonly sample: string | null
}

/** Makes the character image perform the motion of the clip. */
export function createRender({ run, ffmpeg, clock, sample }: Means): Render {
  return async ({ folder, record: { request, clip }, target }, signal) => {
    if (ffmpeg === null) return { rendered: false, why: 'ffmpeg is missing on this computer' }
    const tool = { run, ffmpeg }
    const breathe = () => clock.sleep(0, signal)
    const frames = await readGrayFrames(join(folder, clipFile), clip, tool, signal)
    if (!frames) return { rendered: false, why: 'Video cannot be decoded' }
    const order = [join(folder, characterFile), request.orientation, clip] as const
    const stage = await doPictureWork('buildStage', [...order], { signal }).catch(() => null)
    if (!stage) return { rendered: false, why: 'Image pixel is invalid' }
    const scene = await sceneOf(stage, { frames, clip }, { sample, breathe, signal })
    const side = Math.min(stage.width, stage.height)
    const mark = await doPictureWork('drawMark', [Math.round(side * 0.6)], { signal })
    const args = encodeArguments({
      ...{
        width: stage.width,
        height: stage.height,
        frames: frames.frames.length,
        frameRate: clip.frameRate,
      },
      sound: request.keepSound && clip.hasSound ? join(folder, clipFile) : null,
      target: `${target}.part`,
    })
    try {
      const input = paintFrames(scene, frames.frames.length, { mark, breathe })
      const exit = await run({ command: ffmpeg, args, signal, wallLimit: 10 * 60_000, input })
      if (exit.ended !== 'exit' || exit.exitCode !== 0) {
        const why = exit.stderr.trim().split('\n').at(-1) ?? exit.ended
        return { rendered: false, why: `Rendering failed: ${why}` }
      }
      await rename(`${target}.part`, target)
      return { rendered: true }
    } finally {
      await rm(`${target}.part`, { force: true })
    }
  }
}

/** What is painted: the picture without what moves, and what moves, frame by frame. */
type Scene = { readonly empty: Canvas; readonly paint: (canvas: Canvas, frame: number) => void }

/**
 * The sample's character is posed limb by limb, any other picture is bent. The sample's dancer is recognised; of any
 * other clip it is measured what can be measured without a model.
 */
async function sceneOf(
  stage: Stage,
  { frames, clip }: { readonly frames: GrayFrames; readonly clip: ClipFacts },
  {
    sample,
    breathe,
    signal,
  }: Pick<Means, 'sample'> & { readonly breathe: () => Promise<void>; readonly signal: AbortSignal },
): Promise<Scene> {
  const frameRate = clip.frameRate.num / clip.frameRate.den
  const measured = () => measurePoses(frames, frameRate, breathe)
  const known = sample === null ? null : await readSample(sample)
  const place = known && findCharacter(stage, known.rig)
  if (!known || !place) {
    const bends = fitPoses(await measured(), stage)
    return { empty: stage, paint: painter(bends, (canvas, bend) => paintBent(canvas, stage, bend)) }
  }
  const { rig, dance } = known
  const stances =
    matchDance(frames, dance) ??
    (await measured()).map((pose) => stanceOfPose(pose, clip.width / clip.height))
  const sprites = await drawSprites(rig, place, signal)
  const { empty, paint } = createPerformance(stage, { rig, place, sprites })
  return { empty, paint: painter(withSwings(inside(stances, stage, { rig, place }), frameRate), paint) }
}

/** A sample that cannot be read is one that is not known: the take still ends with a result. */
const readSample = (folder: string) =>
  Promise.all([readRig(join(folder, 'fox.json')), readDance(join(folder, 'dance.json.gz'))]).then(
    ([rig, dance]) => ({ rig, dance }),
    () => null,
  )

const painter =
  <T>(moments: readonly T[], paint: (canvas: Canvas, moment: T) => void): Scene['paint'] =>
  (canvas, frame) => {
    const moment = moments[frame]
    if (moment !== undefined) paint(canvas, moment)
  }

async function drawSprites(
  rig: Rig,
  place: Placement,
  signal: AbortSignal,
): Promise<ReadonlyMap<PartName, Sprite>> {
  const names = Object.keys(rig.parts) as PartName[]
  const order = [names.map((name) => rig.parts[name]), spriteScale(rig, place)] as const
  const drawn = await doPictureWork('drawParts', [...order], { signal })
  return new Map(names.flatMap((name, index) => (drawn[index] ? [[name, drawn[index]] as const] : [])))
}

/** Paints one frame after the other, as they are written. */
async function* paintFrames(
  { empty, paint }: Scene,
  count: number,
  { mark, breathe }: { readonly mark: Sprite; readonly breathe: () => Promise<void> },
): AsyncGenerator<Uint8Array> {
  const place: Affine = move({
    x: Math.round((empty.width - mark.width) / 2),
    y: empty.height - mark.height - Math.round(empty.height * 0.025),
  })
  // One canvas for all: the next frame is asked for when this one is written.
  const canvas = copyOf(empty)
  for (let frame = 0; frame < count; frame++) {
    await breathe()
    canvas.pixels.set(empty.pixels)
    paint(canvas, frame)
    drawSprite(canvas, mark, place)
    yield canvas.pixels
  }
}
