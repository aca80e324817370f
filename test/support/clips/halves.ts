import { join } from 'node:path'
import { ffmpeg } from '../processes/tools.ts'
import { frameNumbers } from './clips.ts'

/** The frame numbers that one half of a comparison shows whose left half is this wide. */
export async function numbersInHalf(
  folder: string,
  path: string,
  side: 'left' | 'right',
  leftWidth: number,
): Promise<readonly number[]> {
  const cut = join(folder, `${side}.mkv`)
  const crop =
    side === 'left'
      ? `crop=${String(leftWidth)}:ih:0:0`
      : `crop=iw-${String(leftWidth)}:ih:${String(leftWidth)}:0`
  await ffmpeg('-i', `file:${path}`, '-an', '-vf', crop, '-c:v', 'ffv1', '-y', `file:${cut}`)
  return frameNumbers(cut)
}
