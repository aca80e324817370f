import type { CallAnswer, CallArgs } from '../../shared/contract.ts'
import type { FileRef } from '../../shared/domain/views.ts'
import type { MediaKind } from '../../shared/domain/media.ts'
import type { Problem } from '../../shared/outcome.ts'
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

export type FileQuestionSlice = {
  readonly fileQuestion: FileQuestion | null
  /** By the system's dialog or by ours; empty when it was closed. */
  readonly chooseFiles: (wanted: Wanted) => Promise<readonly FileRef[]>
  /** With a free name, in the folder where saving starts. */
  readonly askWhereToSave: (
    asked: CallArgs<'save:suggest'>,
    save: (folder: string, name: string) => Promise<Problem | null>,
    title: string,
  ) => Promise<void>
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

  askWhereToSave: async (asked, save, title) => {
    const close = () => {
      set({ fileQuestion: null })
    }
    const answer = await desktop().ask['save:suggest'](asked)
    if (!answer.ok) get().tellProblem(answer.problem)
    else set({ fileQuestion: { purpose: 'save', title, suggested: answer.value, save, close } })
  },

  askForFolder: (title, accept, description = forResult) => {
    const close = () => {
      set({ fileQuestion: null })
    }
    set({ fileQuestion: { purpose: 'folder', title, description, accept, close } })
  },
})
