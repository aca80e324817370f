import type { Command } from 'commander'
import { resolve } from 'node:path'
import { z } from 'zod'
import { stillIn, type ClipMotion, type MotionTiming } from '../../../shared/domain/motion.ts'
import { ok, type Outcome } from '../../../shared/outcome.ts'
import { fromTo } from '../../../shared/text/result-length.ts'
import { formatSeconds } from '../../../shared/units.ts'
import { displayName } from '../../media/source-file.ts'
import { exitCodeOf, exitCodes, type ExitCode } from '../exit-codes.ts'
import { tensOf } from '../output.ts'
import { needsClip } from '../problems.ts'
import type { MotionRequest } from '../requests.ts'
import { using, type Session } from '../session.ts'
import { example } from './media-flags.ts'
import { option } from '../options.ts'

export const addMotion = (program: Command): Command =>
  program
    .command('motion')
    .description('show how much a clip moves, moment by moment; changes nothing')
    .addOption(option('clip', 'file', 'the clip: any video'))
    .addHelpText('after', example('motion --clip dance.mp4'))

const motionFlags = z.object({ clip: z.string().optional() })

export function readMotion(raw: unknown, cwd: string): Outcome<MotionRequest> {
  const { clip } = motionFlags.parse(raw)
  return clip === undefined ? needsClip('motion') : ok({ command: 'motion', clip: resolve(cwd, clip) })
}

const columns = 60
const blocks = '▁▂▃▄▅▆▇█'

/** The curve in one line; each column shows the strongest motion of its part. */
function drawn({ values }: MotionTiming): string {
  const width = Math.min(columns, values.length)
  return Array.from({ length: width }, (_, column) => {
    const [from, to] = [column, column + 1].map((edge) => Math.floor((edge * values.length) / width))
    const most = Math.max(...values.slice(from, to))
    return blocks[Math.round((most / 255) * (blocks.length - 1))]
  }).join('')
}

function formatMotion(path: string, motion: ClipMotion): string {
  const { frames, duration, step, values } = motion
  const most = values.reduce((highest, value) => Math.max(highest, value), 0)
  const strongest = values.indexOf(most) * step
  const moves = most > 0
  return [
    `“${displayName(path)}”: ${formatSeconds(duration)}, ${String(frames)} ${frames === 1 ? 'frame' : 'frames'}`,
    drawn(motion),
    moves ? `It moves most at ${strongest.toFixed(1)} s.` : 'Nothing moves.',
    ...(moves ? stillIn(motion).map((span) => `It stands still ${fromTo(span)}.`) : []),
  ].join('\n')
}

/** Prints the motion curve of a clip. */
export function runMotion({ clip }: MotionRequest, session: Session): Promise<ExitCode> {
  const { printer, signal } = session
  const onProgress = tensOf((text) => {
    if (printer.terminal) printer.line(text)
  })
  return using(session, session.openWorkshop(), async (workshop) => {
    const motion = await workshop.motion(clip, { signal, onProgress })
    if (!motion.ok) {
      printer.problem(motion.problem)
      return exitCodeOf(motion.problem)
    }
    printer.value({ ...motion.value, still: stillIn(motion.value) })
    printer.line(formatMotion(clip, motion.value))
    return exitCodes.done
  })
}
