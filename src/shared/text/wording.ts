import type { Take } from '../domain/take.ts'

type TakeTone = 'info' | 'good' | 'warn' | 'bad'

/** Where a take stands, for somebody who knows none of its machinery. */
export type TakeWords = {
  /** What is happening now, in a few words. */
  readonly label: string
  /** What happens next by itself, or that nothing does; whole sentences. */
  readonly next: string
  /** What the user can do; whole sentences, or null where there is nothing to do. */
  readonly can: string | null
  readonly tone: TakeTone
  /** True while something goes on by itself. */
  readonly busy: boolean
}

/** What of a take its words depend on. */
export type Worded = Pick<Take, 'state' | 'host' | 'taskId' | 'resume' | 'problem' | 'resultFolder'>
