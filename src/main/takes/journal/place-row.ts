import { readJson } from '../../providers/json.ts'
import { placeSchema, type Place } from '../place/place.ts'
import type { Prepare } from './tables.ts'

export type PlaceRow = {
  /** Where this library says it belongs; null where it does not say so. */
  readonly place: () => Place | null
  readonly setPlace: (place: Place) => void
}

export function placeRow(prepare: Prepare): PlaceRow {
  const get = prepare('SELECT data FROM place')
  const put = prepare('INSERT OR REPLACE INTO place (only, data) VALUES (1, ?)')
  return {
    place: () => {
      const [row] = get.all()
      return row === undefined ? null : (placeSchema.safeParse(readJson(String(row['data']))).data ?? null)
    },
    setPlace: (place) => {
      put.run(JSON.stringify(place))
    },
  }
}
