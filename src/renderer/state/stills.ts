import { fail, ok, type Outcome } from '../../shared/outcome.ts'
import type { SaveTarget } from '../../shared/domain/views.ts'
import { desktop } from '../lib/desktop.ts'
import type { Slice } from './store.ts'

export type StillsSlice = {
  /** Saves what a comparison shows as a PNG, where the user wants it. */
  readonly saveStill: (take: string, picture: Promise<Blob>) => Promise<void>
}

const pictureFailed = fail('internal', 'The picture could not be made.', {
  advice: 'Zoom in or compare fewer takes, so that the picture is smaller.',
})

/** Hands the picture over to the core; answers with its token. */
async function adopt(picture: Promise<Blob>): Promise<Outcome<string>> {
  let file: File
  try {
    file = new File([await picture], 'still.png', { type: 'image/png' })
  } catch {
    return pictureFailed
  }
  const adopted = await desktop().adoptFiles([file])
  if (!adopted.ok) return adopted
  const [still] = adopted.value
  return still ? ok(still.token) : pictureFailed
}

export const createStillsSlice: Slice<StillsSlice> = (_set, get) => {
  const tellSaved = ({ name, folder }: SaveTarget) => {
    get().tell({ tone: 'good', title: `Saved as “${name}”.`, advice: `It is in ${folder}.` })
  }
  return {
    saveStill: async (take, made) => {
      const picture = await adopt(made)
      if (!picture.ok) {
        get().tellProblem(picture.problem)
        return
      }
      const save = (folder: string | null, name: string | null) =>
        desktop().ask['still:save']({ take, picture: picture.value, folder, name })
      if (get().about?.nativeDialogs === true) {
        const answer = await save(null, null)
        if (!answer.ok) get().tellProblem(answer.problem)
        else if (answer.value) tellSaved(answer.value)
        return
      }
      const clip = get().takes[take]?.clipName.replace(/\.[^.]+$/, '') ?? 'comparison'
      get().askWhereToSave(
        `${clip}-understudy.png`,
        async (folder, name) => {
          const answer = await save(folder, name)
          if (answer.ok && answer.value) tellSaved(answer.value)
          return answer.ok ? null : answer.problem
        },
        'Save the picture',
      )
    },
  }
}
