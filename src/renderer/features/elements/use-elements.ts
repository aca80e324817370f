import { useRef, useState } from 'react'
import type { Element, ElementPage } from '../../../shared/domain/account.ts'
import type { Problem } from '../../../shared/outcome.ts'
import { useCall } from '../../lib/use-call.ts'

export type Shelf = 'own' | 'presets'

export type Elements = ElementPage & {
  readonly loading: boolean
  readonly problem: Problem | null
  readonly nextPage: () => void
  /** Loads the first page again. */
  readonly again: () => void
}

/** All pages in one list. An element that moved to a later page in the meantime is not listed twice. */
const joined = (pages: readonly ElementPage[]): readonly Element[] => {
  const elements = pages.flatMap((page) => page.elements)
  return elements.filter(({ id }, index) => elements.findIndex((element) => element.id === id) === index)
}

/** One shelf of the library of an account, page by page. */
export function useElements(account: string, from: Shelf): Elements {
  const { answer, pending, problem, run } = useCall('element:list', { account, from, page: 1 })
  const [earlier, setEarlier] = useState<readonly ElementPage[]>([])
  const pages = answer ? [...earlier, answer] : earlier
  const newest = useRef(0)
  const read = async (after: readonly ElementPage[]) => {
    newest.current += 1
    const mine = newest.current
    const page = await run({ account, from, page: after.length + 1 })
    if (page.ok && mine === newest.current) setEarlier(after)
  }
  return {
    elements: joined(pages),
    more: answer?.more ?? false,
    problem,
    loading: pending,
    nextPage: () => void read(pages),
    again: () => void read([]),
  }
}

const seen = new Map<string, Element>()

/** Remembers an element that was picked by its picture; a picture's address lives as long as this window. */
export function rememberElement(element: Element): void {
  seen.set(element.id, element)
}

export const seenElement = (id: string): Element | undefined => seen.get(id)
