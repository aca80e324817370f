import { fail, ok, type Outcome } from '../../../shared/outcome.ts'
import type { Seconds } from '../../../shared/units.ts'
import type { Kit } from '../kit.ts'
import type { Running } from '../media.ts'
import { nameOf } from '../naming.ts'
import { runFfmpeg } from '../run-ffmpeg.ts'

/** Nothing but the sets of parameters: size, format and colours of the pictures that follow. */
const parameterSets: readonly string[] = [
  '-bsf:v',
  'h264_mp4toannexb,filter_units=pass_types=7',
  '-f',
  'h264',
]

/** What begins each of them, sometimes behind one more zero. */
const beginning = '\u0000\u0000\u0001'

/** All of them alike; they are repeated before keyframes. */
function areAlike(listed: Buffer): boolean {
  const sets = listed.toString('latin1').split(beginning)
  return new Set(sets.map((set) => set.replace(/\0+$/, '')).filter((set) => set !== '')).size === 1
}

/**
 * Whether every picture of an H.264 track has the size, format and colours that the file's header names. Recordings of
 * calls and joined files change them on the way, which neither the header nor the packets' times betray.
 */
export async function hasOneShape(
  kit: Kit,
  clip: { readonly path: string; readonly videoStream: number; readonly duration: Seconds },
  running: Running,
): Promise<Outcome<boolean>> {
  const { path, videoStream, duration } = clip
  const job = {
    inputs: [{ path }],
    options: ['-map', `0:${videoStream}`, '-c:v', 'copy', ...parameterSets],
    target: 'pipe:1',
  }
  const about = {
    doing: `Reading “${nameOf(path)}”`,
    otherwise: (detail: string) =>
      fail('tool-failed', `How the pictures of “${nameOf(path)}” are coded cannot be read.`, { detail }),
  }
  const listed = await runFfmpeg(kit, { job, duration, ...about }, running)
  return listed.ok ? ok(areAlike(Buffer.from(listed.value))) : listed
}
