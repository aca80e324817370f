import { createContactSheet, type ContactSheetParts } from './posters/contact-sheet.ts'
import { createTakePosters, type TakePostersParts } from './posters/take-posters.ts'
import { createTakeMedia, type TakeMediaParts } from './take-media.ts'
import { createTakeMotion, type TakeMotionParts } from './take-motion.ts'
import { createTakeOffset, type TakeOffsetParts } from './take-offset.ts'

type ScreeningParts = Omit<TakeMediaParts & ContactSheetParts, 'posters'> &
  TakeMotionParts &
  TakeOffsetParts &
  TakePostersParts

/** What is made of a take’s files, for looking and listening. */
export function createScreening(parts: ScreeningParts) {
  const posters = createTakePosters(parts)
  return {
    ...createTakeMedia({ ...parts, posters }),
    ...posters,
    contactSheet: createContactSheet({ ...parts, posters }),
    ...createTakeMotion(parts),
    ...createTakeOffset(parts),
  }
}
