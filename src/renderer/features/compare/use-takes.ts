import { useMemo, useState } from 'react'
import { typicalFrame } from '../../../shared/domain/frames.ts'
import type { Comparison } from '../../../shared/domain/views.ts'
import type { Seconds } from '../../../shared/units.ts'
import type { TakeCommands } from './commands.ts'
import { choose, firstChoice, flip, without, type TakeChoice } from './take-choice.ts'
import { createTimeline, type Timeline } from './shared-clock.ts'

export type TakesInPage = {
  readonly commands: TakeCommands
  /** By take: how much later its result is shown; without those that are not moved. */
  readonly offsets: Readonly<Record<string, Seconds>>
  /** How much later the chosen result is shown. */
  readonly offset: Seconds
  readonly setOffset: (offset: Seconds) => void
  /** How far each side is ahead of the shared clock, the reference first. */
  readonly leads: readonly Seconds[]
  readonly timeline: Timeline
  readonly chooseTake: (id: string) => void
}

type Options = {
  readonly comparison: Comparison
  /** The offsets with which it was left; null where it begins. */
  readonly kept: Readonly<Record<string, Seconds>> | null
  readonly chosen: number
  readonly onChoose: (index: number) => void
}

const choiceOf = (known: TakeChoice, chosen: string, takes: readonly string[]) =>
  without(choose(known, chosen), takes)

/** Which take is looked at, and how far each is moved against the reference. */
export function useTakes({ comparison, kept, chosen, onChoose }: Options): TakesInPage {
  const { reference, takes } = comparison
  const ids = useMemo(() => takes.map(({ take }) => take.id), [takes])
  const [offsets, setOffsets] = useState<Readonly<Record<string, Seconds>>>(kept ?? {})
  const [of, setOf] = useState(ids)
  const [known, setKnown] = useState<TakeChoice>(() => firstChoice(ids[chosen] ?? ''))
  const choice = choiceOf(known, of[chosen] ?? of[0] ?? '', ids)
  if (of !== ids) {
    setOf(ids)
    setKnown(choice)
    onChoose(Math.max(ids.indexOf(choice.chosen), 0))
  }
  const current = choice.chosen

  const leads = useMemo(() => [0, ...ids.map((id) => 0 - (offsets[id] ?? 0))], [ids, offsets])
  const timeline = useMemo(
    () =>
      createTimeline(
        [reference, ...takes.map(({ result }) => result)].map((video, side) => ({
          ...video,
          lead: leads[side] ?? 0,
        })),
      ),
    [reference, takes, leads],
  )
  const offset = offsets[current] ?? 0
  const result = takes[chosen]?.result ?? reference
  const frame = Math.min(typicalFrame(reference), typicalFrame(result))
  const setOffset = (next: Seconds) => {
    // Further apart nothing of one would be beside anything of the other.
    const within = Math.min(Math.max(next, frame - result.duration), reference.duration - frame)
    setOffsets((before) => ({ ...before, [current]: within }))
  }
  const chooseTake = (id: string) => {
    const index = ids.indexOf(id)
    if (index < 0) return
    setKnown(choose(choice, id))
    onChoose(index)
  }
  return {
    offsets,
    offset,
    setOffset,
    leads,
    timeline,
    chooseTake,
    commands: {
      choose: (index) => {
        chooseTake(ids[index] ?? current)
      },
      flip: () => {
        chooseTake(flip(choice, ids).chosen)
      },
      moveBy: (frames) => {
        setOffset(offset + frames * frame)
      },
    },
  }
}
