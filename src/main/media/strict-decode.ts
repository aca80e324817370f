import { ok, type Failure, type Outcome } from '../../shared/outcome.ts'
import type { Seconds } from '../../shared/units.ts'
import type { Kit } from './kit.ts'
import type { Running } from './media.ts'
import { runFfmpeg } from './run-ffmpeg.ts'

/**
 * Decodes every frame and sample and stops at the first error. Nothing less tells a whole file from one cut short:
 * ffprobe and a plain decode accept an MP4 whose second half is missing.
 */
export async function strictDecode(
  kit: Kit,
  path: string,
  about: {
    readonly doing: string
    readonly duration: Seconds
    readonly otherwise: (detail: string) => Failure
  },
  running: Running,
): Promise<Outcome<null>> {
  const job = {
    inputs: [{ path }],
    options: ['-map', '0:V:0', '-map', '0:a?', '-f', 'null'],
    target: null,
    strict: true,
  }
  const decoded = await runFfmpeg(kit, { job, ...about }, running)
  return decoded.ok ? ok(null) : decoded
}
