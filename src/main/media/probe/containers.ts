import type { ClipContainer } from '../../../shared/domain/media.ts'

/** What can be done with a container; pure. */
export const isMadeOfBoxes = (container: ClipContainer): boolean =>
  container === 'mp4' || container === 'mov' || container === 'avif'

/** AVI gives packets no presentation times, so only the order of frames says which one is meant. */
export const hasTimes = (container: ClipContainer): boolean => container !== 'avi'

const enteredAnywhere: ReadonlySet<ClipContainer> = new Set<ClipContainer>([
  ...(['mp4', 'mov', 'webm', 'mkv', 'mpegts', 'mpeg', 'flv', 'asf'] as const),
])

/** Whether reading may begin in the middle; else frames are reached from the beginning only. */
export const canBeEntered = (container: ClipContainer): boolean => enteredAnywhere.has(container)
