import { shallow } from 'zustand/shallow'
import type { Take } from '../../shared/domain/take.ts'
import type { AppState } from './store.ts'

type Takes = Pick<AppState, 'takes' | 'takeOrder'>

/**
 * Selects the takes that fit, in the order of the list. All of them are looked through only when one has changed, not
 * at every change of the window; the same takes are the same array.
 */
export function selectTakes(fits: (take: Take) => boolean): (state: Takes) => readonly string[] {
  let seen: Takes | null = null
  let ids: readonly string[] = []
  return ({ takes, takeOrder }) => {
    if (takes === seen?.takes && takeOrder === seen.takeOrder) return ids
    const found = takeOrder.filter((id) => {
      const take = takes[id]
      return take !== undefined && fits(take)
    })
    if (!shallow(found, ids)) ids = found
    seen = { takes, takeOrder }
    return ids
  }
}
