import { useEffect, useState } from 'react'
import type { Element } from '../../../shared/domain/account.ts'
import type { Problem } from '../../../shared/outcome.ts'
import { desktop } from '../../lib/desktop.ts'

export type Shelf = 'own' | 'presets'

type Known = {
  readonly round: number
  readonly page: number
  readonly elements: readonly Element[]
  readonly more: boolean
  readonly problem: Problem | null
}

const nothing: Known = { round: 0, page: 0, elements: [], more: false, problem: null }

export type Elements = Omit<Known, 'round' | 'page'> & {
  readonly loading: boolean
  readonly nextPage: () => void
  /** Loads what is shown again. */
  readonly again: () => void
}

/** What was known with a new page behind it; an element that moved to a later page is not shown twice. */
const joined = (before: readonly Element[], page: readonly Element[]) => [
  ...before,
  ...page.filter(({ id }) => !before.some((element) => element.id === id)),
]

/** One shelf of the library of an account, page by page. */
export function useElements(account: string, from: Shelf): Elements {
  const [wanted, setWanted] = useState({ round: 1, page: 1 })
  const [known, setKnown] = useState(nothing)

  useEffect(() => {
    let gone = false
    const { round, page } = wanted
    void desktop()
      .ask['element:list']({ account, from, page })
      .then((listed) => {
        if (gone) return
        setKnown((before) => {
          if (!listed.ok) return { ...before, round, problem: listed.problem }
          const earlier = page === 1 ? [] : before.elements
          const { elements, more } = listed.value
          return { round, page, elements: joined(earlier, elements), more, problem: null }
        })
      })
    return () => {
      gone = true
    }
  }, [account, from, wanted])

  const ask = (page: number) => {
    setWanted({ round: wanted.round + 1, page })
  }
  return {
    elements: known.elements,
    more: known.more,
    problem: known.problem,
    loading: known.round !== wanted.round,
    nextPage: () => {
      ask(known.page + 1)
    },
    again: () => {
      ask(1)
    },
  }
}

const seen = new Map<string, Element>()

/** Remembers an element that was picked by its picture; a picture's address lives as long as this window. */
export function rememberElement(element: Element): void {
  seen.set(element.id, element)
}

export const seenElement = (id: string): Element | undefined => seen.get(id)
