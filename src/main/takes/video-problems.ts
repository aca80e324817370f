import { fail, type Failure, type Problem, type ProblemCode } from '../../shared/outcome.ts'

/** What is said about the videos of a take. `what`: which of them, in words. */

export const videoMissing = (what: string) =>
  fail('file-missing', `The ${what} of this take is no longer in the library folder.`, {
    advice: 'It was moved or deleted outside Understudy. Put it back to compare again.',
  })

export const noSoundToPlay = (what: string) =>
  fail('not-found', `The ${what} of this take has no sound.`, { advice: 'Listen to the other video.' })

export const notAVideo = (what: string) => fail('not-a-video', `The ${what} of this take isn’t a video.`)

/** What is wrong with a file itself; anything else, such as a full disk, is told as it is. */
const ofTheFile: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'file-damaged',
  'file-empty',
  'file-is-folder',
  'file-missing',
  'file-unreadable',
  'input-refused',
  'not-a-video',
  'not-an-image',
])

/** Names the video of a take instead of its file: nobody chose that file, and nobody can choose another one. */
export function aboutVideo(what: string, problem: Problem): Failure {
  if (problem.code === 'file-missing') return videoMissing(what)
  if (!ofTheFile.has(problem.code)) return { ok: false, problem }
  const { message, detail } = problem
  const is =
    problem.code === 'file-damaged' ? 'is damaged or incomplete' : 'isn’t a video that Understudy can read'
  return fail(problem.code, `The ${what} of this take ${is}.`, {
    advice: 'Put an undamaged copy back, or open it from its folder in another player.',
    detail: detail === undefined ? message : `${message} ${detail}`,
  })
}

/** A copy that this window could play in place of one of its videos. */
export const videoNotCopied = (what: string, { message, detail }: Problem): Failure =>
  fail('tool-failed', `This window can’t play the ${what} of this take, and no copy could be made of it.`, {
    advice: 'Open it from its folder in another player.',
    detail: detail === undefined ? message : `${message} ${detail}`,
  })
