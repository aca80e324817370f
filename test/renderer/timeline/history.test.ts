import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  emptyHistory,
  mostSteps,
  record,
  stepBack,
  stepForward,
  type History,
} from '../../../src/renderer/state/timeline.ts'

type Desk = { readonly history: History<number>; readonly now: number }

const same = (one: number, other: number) => one === other
const start: Desk = { history: emptyHistory, now: 0 }

const put = ({ history, now }: Desk, after: number, gesture: string | null = null): Desk => ({
  history: record(history, { before: now, after, gesture }, same),
  now: after,
})
const back = (desk: Desk): Desk => stepBack(desk.history, desk.now) ?? desk
const forward = (desk: Desk): Desk => stepForward(desk.history, desk.now) ?? desk
const times = (count: number, step: (desk: Desk) => Desk, desk: Desk): Desk =>
  Array.from({ length: count }).reduce<Desk>((now) => step(now), desk)

/** Values that differ from the one before, as changes do. */
const changes = (most: number) =>
  fc
    .array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: most })
    .map((steps) => steps.map((_, index) => steps.slice(0, index + 1).reduce((sum, step) => sum + step, 0)))

describe('The history', () => {
  it('goes back through every step to the beginning, and forward again to the end', () => {
    fc.assert(
      fc.property(changes(200), (values) => {
        const done = values.reduce((desk, value) => put(desk, value), start)
        const undone = times(values.length, back, done)
        expect(undone.now).toBe(0)
        expect(times(values.length, forward, undone)).toEqual({
          now: values.at(-1),
          history: { past: [0, ...values.slice(0, -1)], future: [], gesture: null },
        })
      }),
    )
  })

  it('holds a redo and an undo to be each other’s opposite, wherever one stands', () => {
    fc.assert(
      fc.property(changes(60), fc.nat({ max: 59 }), (values, count) => {
        const done = values.reduce((desk, value) => put(desk, value), start)
        const somewhere = times(Math.min(count, values.length), back, done)
        if (stepBack(somewhere.history, somewhere.now)) expect(forward(back(somewhere))).toEqual(somewhere)
        if (stepForward(somewhere.history, somewhere.now)) expect(back(forward(somewhere))).toEqual(somewhere)
      }),
    )
  })

  it('makes one step of a movement, however many places it passes', () => {
    fc.assert(
      fc.property(changes(80), (values) => {
        const dragged = values.reduce((desk, value) => put(desk, value, 'drag 1'), put(start, -1))
        expect(dragged.history.past).toEqual([0, -1])
        expect(back(dragged).now).toBe(-1)
      }),
    )
  })

  it('takes two movements for two steps, even of the same handle', () => {
    const desk = put(put(put(start, 1, 'drag 1'), 2, 'drag 1'), 3, 'drag 2')
    expect(back(desk).now).toBe(2)
    expect(back(back(desk)).now).toBe(0)
  })

  it('does not count what changes nothing', () => {
    expect(put(put(start, 1), 1).history.past).toEqual([0])
    expect(put(put(put(start, 1), 2, 'drag 1'), 1, 'drag 1').history.past).toEqual([0])
  })

  it('forgets what was undone once something else is done', () => {
    const desk = put(back(put(put(start, 1), 2)), 7)
    expect(stepForward(desk.history, desk.now)).toBeNull()
    expect(back(desk).now).toBe(1)
  })

  it('starts a new step after an undo in the middle of a movement', () => {
    const desk = put(back(put(start, 1, 'drag 1')), 5, 'drag 1')
    expect(desk.history.past).toEqual([0])
    expect(back(desk).now).toBe(0)
  })

  it('keeps the newest steps when there are very many', () => {
    const desk = Array.from({ length: mostSteps + 50 }, (_, index) => index + 1).reduce(
      (now, value) => put(now, value),
      start,
    )
    expect(desk.history.past).toHaveLength(mostSteps)
    expect(times(mostSteps, back, desk).now).toBe(50)
  })
})
