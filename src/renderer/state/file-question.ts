import type { CallAnswer, CallArgs } from '../../shared/contract.ts'
import type { FileRef, SavedFile } from '../../shared/domain/views.ts'
import type { MediaKind } from '../../shared/domain/media.ts'
import type { Outcome, Problem } from '../../shared/outcome.ts'
import { desktop } from '../lib/desktop.ts'
import type { Slice } from './store.ts'

export type Wanted = MediaKind | 'any'

/** A name, and the folder that is shown first; null for the one that was shown last. */
type Suggested = CallAnswer<'save:suggest'>

/** What our own file dialog was opened for, where the system has none. */
export type FileQuestion =
  | {
      readonly purpose: 'open'
      readonly wanted: Wanted
      readonly answer: (files: readonly FileRef[]) => void
    }
  | {
      readonly purpose: 'save'
      readonly title: string
      readonly suggested: Suggested
      /** Tries the place; what is wrong with it is shown in the dialog, which stays open. */
      readonly save: (folder: string, name: string) => Promise<Problem | null>
      readonly close: () => void
    }
  | {
      readonly purpose: 'folder'
      readonly title: string
      readonly description: string
      readonly accept: (folder: string) => Promise<Problem | null>
      readonly close: () => void
    }

/** Something that is saved where the user wants it. */
export type Saving = {
  readonly asked: CallArgs<'save:suggest'>
  /** The title of our own dialog. */
  readonly title: string
  /** Both are null where the system's dialog asks; the answer is null when the user closed it. */
  readonly save: (folder: string | null, name: string | null) => Promise<Outcome<SavedFile | null>>
  /** Shows a problem at its place; false where it has none. */
  readonly showProblem?: (problem: Problem) => boolean
  /** What else there is to know once it is saved. */
  readonly advice?: string
}

export type FileQuestionSlice = {
  readonly fileQuestion: FileQuestion | null
  /** By the system's dialog or by ours; empty when it was closed. */
  readonly chooseFiles: (wanted: Wanted) => Promise<readonly FileRef[]>
  /** Asks for the place, by the system's dialog or by ours, saves, and says where it is. */
  readonly saveWhere: (saving: Saving) => Promise<void>
  /** Shows a file that was just saved in its folder; where there may be no file manager, says where it is. */
  readonly revealSaved: (saved: string) => Promise<void>
  /** Asks for a folder until a usable one is chosen. */
  readonly askForFolder: (
    title: string,
    accept: (folder: string) => Promise<Problem | null>,
    description?: string,
  ) => void
}

const forResult = 'Choose a folder on a disk with enough space. The download starts there immediately.'

export const createFileQuestionSlice: Slice<FileQuestionSlice> = (set, get) => ({
  fileQuestion: null,

  chooseFiles: async (wanted) => {
    if (get().about?.nativeDialogs === true) {
      const chosen = await desktop().ask['file:choose']({ kind: wanted })
      if (!chosen.ok) get().tellProblem(chosen.problem)
      return chosen.ok ? chosen.value : []
    }
    return new Promise((resolve) => {
      const answer = (files: readonly FileRef[]) => {
        set({ fileQuestion: null })
        resolve(files)
      }
      set({ fileQuestion: { purpose: 'open', wanted, answer } })
    })
  },

  saveWhere: async ({ asked, title, save: write, showProblem = () => false, advice }) => {
    const save = async (folder: string | null, name: string | null): Promise<Problem | null> => {
      const answer = await write(folder, name)
      if (answer.ok && answer.value) {
        const { name: fileName, folder: where, saved } = answer.value
        const words = [`It is in ${where}.`, advice].filter(Boolean).join(' ')
        get().tell({
          tone: 'good',
          title: `Saved as “${fileName}”.`,
          advice: words,
          action: { label: 'Show', run: () => void get().revealSaved(saved) },
        })
      }
      return answer.ok ? null : answer.problem
    }
    if (get().about?.nativeDialogs === true) {
      const problem = await save(null, null)
      if (problem && !showProblem(problem)) get().tellProblem(problem)
      return
    }
    const suggested = await desktop().ask['save:suggest'](asked)
    if (!suggested.ok) {
      get().tellProblem(suggested.problem)
      return
    }
    set({
      fileQuestion: {
        purpose: 'save',
        title,
        suggested: suggested.value,
        save: async (folder, name) => {
          const problem = await save(folder, name)
          if (problem) showProblem(problem)
          return problem
        },
        close: () => {
          set({ fileQuestion: null })
        },
      },
    })
  },

  revealSaved: async (saved) => {
    const shown = await desktop().ask['saved:reveal']({ saved })
    if (!shown.ok) get().tellProblem(shown.problem)
    else if (get().about?.face === 'browser')
      get().tell({
        tone: 'info',
        title: `The file is “${shown.value.name}”.`,
        advice: `It is in ${shown.value.folder}.`,
      })
  },

  askForFolder: (title, accept, description = forResult) => {
    const close = () => {
      set({ fileQuestion: null })
    }
    set({ fileQuestion: { purpose: 'folder', title, description, accept, close } })
  },
})
