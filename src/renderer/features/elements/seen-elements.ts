import type { Element } from '../../../shared/domain/element.ts'

const seen = new Map<string, Element>()

/** Remembers an element that was picked by its picture; a picture's address lives as long as this window. */
export function rememberElement(element: Element): void {
  seen.set(element.id, element)
}

export const seenElement = (id: string): Element | undefined => seen.get(id)
