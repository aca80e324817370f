import { z } from 'zod'
import type { FilterChip } from '../text/filter-chips.ts'
import { isUnnoted } from '../text/outcome-question.ts'
import { longestFilter } from './take-filter.ts'
import type { Flag, TakeMarks } from './marks.ts'
import { isAtRest, type Take, type TakeState } from './take.ts'
import type { Timestamp } from '../units.ts'

/** The small facts of a take: enough to lay out, sort and badge ten thousand of them. */
export type TakeCard = {
  readonly id: string
  readonly number: number
  readonly createdAt: Timestamp
  readonly state: TakeState
  readonly stars: number
  readonly flag: Flag | null
  /** Width by height of its picture; null while nothing is prepared. */
  readonly ratio: number | null
}

export const groupings = ['clip', 'character', 'day', 'provider'] as const
export type Grouping = (typeof groupings)[number]

export const orders = ['newest', 'oldest', 'stars', 'name'] as const
export type TakeOrder = (typeof orders)[number]

export const searchAsked = z.strictObject({
  /** As it was typed. A little longer than a filter may be, so that the answer is a sentence. */
  filter: z.string().max(10 * longestFilter),
  group: z.enum(groupings).nullable(),
  order: z.enum(orders),
})
export type SearchAsked = Readonly<z.infer<typeof searchAsked>>

export type CardGroup = {
  /** The file of the clip or character, the day as 2026-11-20, or the id of the provider. */
  readonly label: string
  readonly count: number
}

export type FoundCards = {
  /** Group after group, each in the order that was asked for. */
  readonly cards: readonly TakeCard[]
  /** Their lengths add up to all cards; empty where nothing is grouped. */
  readonly groups: readonly CardGroup[]
  readonly chips: readonly FilterChip[]
}

/** As many takes as are shown in full at once. */
export const pageSize = 100

/** One take in full. */
export type PageEntry = { readonly take: Take; readonly marks: TakeMarks }

/** As many of the newest takes as a window is given at its start. */
const firstShown = 200

/** What a window begins with; it reads the other takes in pages, when they come into sight. */
export type FirstTakes = {
  /** The ids of all takes, the newest first. */
  readonly order: readonly string[]
  /** The newest, and every take that runs, waits or asks. */
  readonly entries: readonly PageEntry[]
}

/** Of all takes, the newest first, those that a window needs at once. */
export const firstOf = (takes: readonly Take[]): readonly Take[] =>
  takes.filter((take, index) => index < firstShown || !isAtRest(take) || isUnnoted(take))

/** A tag, and how many takes have it. */
export type TagCount = { readonly tag: string; readonly takes: number }
