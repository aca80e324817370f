import { fail, type Failure, type Problem } from '../../../shared/outcome.ts'
import { writeProblem } from '../../files/problems.ts'
import type { Take } from '../../../shared/domain/take.ts'

/** `name`: of the copy; null if it couldn’t be made. */
export const takeQueueUnread = (name: string | null): Problem =>
  fail('file-damaged', 'The queue of takes can’t be read, so it is paused. No take was lost.', {
    advice: `${name === null ? 'The file take-queue.json next to your library couldn’t be copied. Make space on the disk, or move the file away. ' : `The file was kept as ${name} next to your library. `}Check the order of the takes that wait, then resume the queue.`,
  }).problem

export const notWaiting = ({ clipName }: Pick<Take, 'clipName'>): Failure =>
  fail('usage', `The take of ${clipName} no longer waits to be sent, so it wasn’t moved.`, {
    advice: 'Check the queue again.',
  })

export const noPlaceBefore: Failure = fail(
  'usage',
  'The take was not moved, because the other one no longer waits to be sent.',
  { advice: 'Check the queue again.' },
)

export function takeQueueNotSaved(error: unknown): Failure {
  const { code, detail } = writeProblem(error, 'take-queue.json').problem
  return fail(code, 'The queue of takes couldn’t be saved, so it stays as it was.', {
    advice: 'Check that the disk of your library has space and can be written, then try again.',
    ...(detail !== undefined && { detail }),
  })
}

export const pauseNotSaved = (error: unknown): Problem => {
  const { code, detail } = writeProblem(error, 'take-queue.json').problem
  return fail(code, 'Paused until you quit; it couldn’t be saved.', {
    advice: 'Make space on the disk of your library before you quit. The pause is saved again then.',
    ...(detail !== undefined && { detail }),
  }).problem
}
