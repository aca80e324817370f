import type { Outcome, Problem } from '../../shared/outcome.ts'
import type { Tone } from '../lib/tone.ts'
import type { Slice } from './store.ts'

export type Notice = {
  readonly id: number
  readonly tone: Tone
  readonly title: string
  readonly advice?: string
  /** Words from outside, verbatim. */
  readonly detail?: string
  /** What one may want to do about it. */
  readonly action?: { readonly label: string; readonly run: () => void }
  /** A newer message about the same thing takes its place. */
  readonly about?: 'marks'
}

export type NoticeSlice = {
  readonly notices: readonly Notice[]
  readonly tell: (notice: Omit<Notice, 'id'>) => void
  /** A cancelled call is no news: the user did it. */
  readonly tellProblem: (problem: Problem) => void
  readonly dismissNotice: (id: number) => void
}

const mostNotices = 3

/** Whether an answer of the core is good; what is wrong with another one is told. */
export const tellingProblems =
  (get: () => Pick<NoticeSlice, 'tellProblem'>) =>
  <T>(answer: Outcome<T>): answer is { readonly ok: true; readonly value: T } => {
    if (!answer.ok) get().tellProblem(answer.problem)
    return answer.ok
  }

export const createNoticeSlice: Slice<NoticeSlice> = (set, get) => ({
  notices: [],
  tell: (notice) => {
    const last = get().notices.at(-1)
    const { title, advice, about } = notice
    if (about === undefined && last?.title === title && last.advice === advice) return
    const others = get().notices.filter((other) => about === undefined || other.about !== about)
    set({ notices: [...others, { ...notice, id: (last?.id ?? 0) + 1 }].slice(-mostNotices) })
  },
  tellProblem: ({ code, message, advice, detail }) => {
    if (code === 'cancelled') return
    get().tell({ tone: 'bad', title: message, ...(advice && { advice }), ...(detail && { detail }) })
  },
  dismissNotice: (id) => {
    set({ notices: get().notices.filter((notice) => notice.id !== id) })
  },
})
