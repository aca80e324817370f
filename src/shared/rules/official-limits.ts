import { asLongAsPerformed, noCuts, promptIsOptional, rowsFrom } from './limits.ts'
import type { Rule } from './rules.ts'

/** The words of the vendor: one continuous take; a result that cuts make shorter is not refunded. */
export const vendorAdvice = 'advice of the Kling API reference on motion clips'

const community = 'Runway help page and ComfyUI node, which both ask for 340 px'

/**
 * The limits that Kling documents for its motion-control models, as `page` repeats them. Megabytes are decimal: the
 * stricter reading. The newer generation of the API takes images up to 50 MB; these are the limits that hold in both.
 */
export function officialLimits(page: string): readonly Rule[] {
  const row = rowsFrom(page)
  return [
    row({ rule: 'image.format', limit: ['jpeg', 'png'], unit: 'format' }),
    row({ rule: 'image.bytes', limit: 10_000_000, unit: 'bytes' }),
    row({ rule: 'image.side.min', limit: 300, unit: 'px' }),
    row({ rule: 'image.side.min', limit: 340, unit: 'px', severity: 'warning', source: community }),
    row({ rule: 'image.side.max', limit: 65_536, unit: 'px' }),
    row({ rule: 'image.aspect', limit: { min: 0.4, max: 2.5 }, unit: 'ratio' }),
    row({ rule: 'clip.format', limit: ['mp4', 'mov'], unit: 'format' }),
    // The page names containers only; H.264 is what every decoder on the way certainly reads.
    row({ rule: 'clip.codec', limit: ['h264'], unit: 'format', severity: 'warning' }),
    row({ rule: 'clip.bytes', limit: 100_000_000, unit: 'bytes' }),
    row({ rule: 'clip.side.min', limit: 340, unit: 'px' }),
    row({ rule: 'clip.side.max', limit: 3850, unit: 'px' }),
    row({ rule: 'clip.duration.min', limit: 3, unit: 's' }),
    row({ rule: 'clip.duration.max', limit: 10, unit: 's' }, 'image'),
    row({ rule: 'clip.duration.max', limit: 30, unit: 's' }, 'video'),
    row({ rule: 'clip.frameRate', limit: null, unit: 'fps', severity: 'info' }),
    noCuts(page, vendorAdvice),
    promptIsOptional(page),
    row({ rule: 'prompt.length', limit: 2500, unit: 'characters' }),
    // There is no such field; negative wording belongs into the prompt.
    row({ rule: 'negativePrompt.length', limit: 0, unit: 'characters' }),
    row({ rule: 'elements.count', limit: 1, unit: 'elements' }),
    row({ rule: 'elements.orientation', limit: ['video'], unit: 'format' }),
    asLongAsPerformed(page),
  ]
}
