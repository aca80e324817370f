import { fail, ok, type Outcome } from '../../shared/outcome.ts'
import { desktop } from '../lib/desktop.ts'
import type { Slice } from './store.ts'

/** `fromCopy`: with the pixels of a smaller copy, because an original could not be decoded. */
export type Still = { readonly picture: Blob; readonly fromCopy: boolean }

export type StillsSlice = {
  /** Saves what a comparison shows as a PNG, where the user wants it. */
  readonly saveStill: (take: string, still: Promise<Still>) => Promise<void>
}

const pictureFailed = fail('internal', 'The picture could not be made.', {
  advice: 'Zoom in or compare fewer takes, so that the picture is smaller.',
})

/** Hands the picture over to the core. */
async function adopt(made: Promise<Still>): Promise<Outcome<{ token: string; fromCopy: boolean }>> {
  let file: File
  let fromCopy: boolean
  try {
    const still = await made
    ;({ fromCopy } = still)
    file = new File([still.picture], 'still.png', { type: 'image/png' })
  } catch {
    return pictureFailed
  }
  const adopted = await desktop().adoptFiles([file])
  if (!adopted.ok) return adopted
  const [still] = adopted.value
  return still ? ok({ token: still.token, fromCopy }) : pictureFailed
}

export const createStillsSlice: Slice<StillsSlice> = (_set, get) => ({
  saveStill: async (take, made) => {
    const picture = await adopt(made)
    if (!picture.ok) {
      get().tellProblem(picture.problem)
      return
    }
    const { token, fromCopy } = picture.value
    await get().saveWhere({
      asked: { what: 'still', take },
      title: 'Save the picture',
      save: (folder, name) => desktop().ask['still:save']({ take, picture: token, folder, name }),
      ...(fromCopy && { advice: 'It comes from a smaller copy: the original could not be decoded.' }),
    })
  },
})
