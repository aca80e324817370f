import { fail, type Failure } from '../../../shared/outcome.ts'
import { formatBytes } from '../../../shared/units.ts'
import type { ClipJob } from '../media.ts'
import { displayName } from '../source-file.ts'

export const changedSince = (path: string): Failure =>
  fail('input-refused', `“${displayName(path)}” has changed since it was checked.`, {
    advice: 'Choose it again.',
  })

export const tooNarrow = ({ source, facts, minSide, maxSide }: ClipJob): Failure =>
  fail(
    'input-refused',
    `“${displayName(source)}” is ${facts.width} × ${facts.height} px. With this shape, its two sides can’t both be between ${String(minSide)} and ${String(maxSide)} px.`,
    { advice: 'Crop it in another program, or choose a clip that is less narrow.' },
  )

export const tooHeavy = ({ source, maxBytes }: ClipJob): Failure =>
  fail(
    'input-refused',
    `“${displayName(source)}” can’t be compressed to ${formatBytes(maxBytes ?? 0)} at this length.`,
    { advice: 'Choose a shorter part.' },
  )

export const partUnreadable = (path: string, detail: string): Failure =>
  fail('file-damaged', `“${displayName(path)}” couldn’t be read to the end of the chosen part.`, {
    advice: 'Copy or export it again, or choose another part.',
    detail,
  })

export const soundUnreadable = (path: string, detail: string): Failure =>
  fail('file-damaged', `The sound of “${displayName(path)}” can’t be read.`, { detail })

export const notCopyable = (path: string, detail: string): Failure =>
  fail('tool-failed', `“${displayName(path)}” can’t be copied without re-encoding.`, { detail })

export const framesChangeSize = (path: string): Failure =>
  fail('tool-failed', `The frames of “${displayName(path)}” change in size.`)

export const parametersUnreadable = (path: string, detail: string): Failure =>
  fail('tool-failed', `Understudy can’t read how the video in “${displayName(path)}” is encoded.`, {
    detail,
  })

export const notAsPlanned = ({ source }: ClipJob, detail: string): Failure =>
  fail('tool-failed', `“${displayName(source)}” didn’t come out as planned.`, {
    advice: 'Try again. If it happens again, export the clip from another program and choose that.',
    detail,
  })
