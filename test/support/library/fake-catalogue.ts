import type { Catalogue } from '../../../src/main/takes/catalogue.ts'
import { fail } from '../../../src/shared/outcome.ts'

const notScripted = () => fail('internal', 'This fake was not told how to do that.')
const notScriptedYet = () => Promise.resolve(notScripted())

/** A catalogue in which nothing is marked. */
export const fakeCatalogue: Catalogue = {
  search: notScripted,
  page: () => [],
  marksOf: () => new Map(),
  mark: notScriptedYet,
  tags: () => [],
  boards: () => [],
  saveBoard: notScriptedYet,
  removeBoard: notScriptedYet,
  putTakes: notScriptedYet,
  subscribe: () => () => undefined,
  problem: null,
  stop: () => Promise.resolve(),
}
