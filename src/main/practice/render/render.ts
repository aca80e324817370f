import { rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { doPictureWork } from '../../pictures/do-picture-work.ts'
import type { Clock, RunTool } from '../../system/ports.ts'
import { characterFile, clipFile } from '../inputs.ts'
import type { TaskRecord } from '../record.ts'
import type { Render } from '../work.ts'
import { encodeArguments } from './encode.ts'
import { readGrayFrames } from './gray-frames.ts'
import { measurePoses, type Pose } from './poses.ts'
import { fitPoses } from './puppet.ts'
import { warpFrames, warpGrid } from './warp-map.ts'

type Means = { readonly run: RunTool; readonly ffmpeg: string | null; readonly clock: Clock }

/** Makes the character image perform the motion that can be measured in the clip. */
export function createRender({ run, ffmpeg, clock }: Means): Render {
  return async ({ folder, record, target }, signal) => {
    if (ffmpeg === null) return { rendered: false, why: 'ffmpeg is missing on this computer' }
    const tool = { run, ffmpeg }
    const frames = await readGrayFrames(join(folder, clipFile), record.clip, tool, signal)
    if (!frames) return { rendered: false, why: 'Video cannot be decoded' }
    const frameRate = record.clip.frameRate.num / record.clip.frameRate.den
    const poses = await measurePoses(frames, frameRate, () => clock.sleep(0, signal))
    const work = [join(folder, 'stage.png'), join(folder, 'warps.raw'), join(folder, 'mark.png')] as const
    try {
      return await encode({ folder, record, target }, poses, work, tool, signal)
    } finally {
      for (const path of [...work, `${target}.part`]) await rm(path, { force: true })
    }
  }
}

async function encode(
  {
    folder,
    record,
    target,
  }: { readonly folder: string; readonly record: TaskRecord; readonly target: string },
  poses: readonly Pose[],
  [stagePath, warps, mark]: readonly [string, string, string],
  tool: { readonly run: RunTool; readonly ffmpeg: string },
  signal: AbortSignal,
): ReturnType<Render> {
  const { request, clip } = record
  const { width, height } = clip
  const stage = await doPictureWork(
    'buildStage',
    [join(folder, characterFile), request.orientation, { width, height }, stagePath],
    { signal },
  ).catch(() => null)
  if (!stage) return { rendered: false, why: 'Image pixel is invalid' }
  const grid = warpGrid(stage)
  await writeFile(warps, warpFrames(fitPoses(poses, stage), stage, grid))
  await writeFile(mark, await doPictureWork('drawMark', [Math.round(stage.width * 0.3)], { signal }))
  const args = encodeArguments({
    ...{ stage, grid, warps, mark, frames: poses.length, frameRate: clip.frameRate },
    sound: request.keepSound && clip.hasSound ? join(folder, clipFile) : null,
    target: `${target}.part`,
  })
  const exit = await tool.run({ command: tool.ffmpeg, args, signal, wallLimit: 10 * 60_000 })
  if (exit.ended !== 'exit' || exit.exitCode !== 0) {
    return {
      rendered: false,
      why: `Rendering failed: ${exit.stderr.trim().split('\n').at(-1) ?? exit.ended}`,
    }
  }
  await rename(`${target}.part`, target)
  return { rendered: true }
}
