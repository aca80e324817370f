import type { Place, Places } from '../../../src/renderer/features/compare/places.ts'

export type FakePlaces = Places & { readonly show: (place: Place) => void }

/** What a comparison paints, told by a test. */
export function createFakePlaces(first: Place): FakePlaces {
  const listeners = new Set<(place: Place) => void>()
  let latest = first
  return {
    follow: (listener) => {
      listeners.add(listener)
      listener(latest)
      return () => listeners.delete(listener)
    },
    show: (place) => {
      latest = place
      for (const listener of listeners) listener(place)
    },
  }
}
