import type { Size } from '../../../../shared/picture-geometry.ts'

export const frameWords = ({ width, height }: Size): string => `${String(width)} × ${String(height)} px`

/** Width divided by height, as the rule counts it. */
export const aspectWords = ({ width, height }: Size): string => String(Number((width / height).toFixed(2)))
