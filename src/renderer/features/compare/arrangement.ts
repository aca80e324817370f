import type { Pixels } from '../../../shared/units.ts'
import type { PerSide } from './shared-clock.ts'

export type Size = { readonly width: Pixels; readonly height: Pixels }
export type Rect = Size & { readonly left: Pixels; readonly top: Pixels }

/** Room above each picture for its name and its frame. */
export const captionHeight: Pixels = 30
const gap: Pixels = 12

/** Both pictures at the same height, as large as the stage allows, in its middle. */
export function sideBySide(stage: Size, videos: PerSide<Size>): PerSide<Rect> {
  const aspects = {
    reference: videos.reference.width / videos.reference.height,
    result: videos.result.width / videos.result.height,
  }
  const room = { width: Math.max(stage.width - gap, 0), height: Math.max(stage.height - captionHeight, 0) }
  const height = Math.min(room.height, room.width / (aspects.reference + aspects.result))
  const width = { reference: height * aspects.reference, result: height * aspects.result }
  const left = (stage.width - width.reference - width.result - gap) / 2
  const top = captionHeight + (room.height - height) / 2
  return {
    reference: { left, top, height, width: width.reference },
    result: { left: left + width.reference + gap, top, height, width: width.result },
  }
}
