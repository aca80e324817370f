import { ok } from '../../shared/outcome.ts'
import type { Catalogue } from '../takes/catalogue.ts'
import { unknownTake } from '../takes/problems.ts'
import type { Handlers } from './dispatch.ts'

type CatalogueCalls =
  | 'take:mark'
  | 'take:rename'
  | 'library:search'
  | 'library:page'
  | 'board:list'
  | 'board:save'
  | 'board:remove'
  | 'board:put'

/** Search, marks and boards. */
export const catalogueHandlers = (catalogue: Catalogue): Pick<Handlers, CatalogueCalls> => ({
  'take:mark': ({ requests }) => catalogue.mark(requests),
  'take:rename': async ({ take, name }) => {
    const renamed = await catalogue.mark([{ takes: [take], change: { name } }])
    if (!renamed.ok) return renamed
    const [before] = renamed.value.before
    return before ? ok(before) : unknownTake(take)
  },
  'library:search': (asked) => Promise.resolve(catalogue.search(asked)),
  'library:page': ({ takes }) => Promise.resolve(ok(catalogue.page(takes))),
  'board:list': () => Promise.resolve(ok(catalogue.boards())),
  'board:save': ({ board }) => catalogue.saveBoard(board),
  'board:remove': ({ board }) => catalogue.removeBoard(board),
  'board:put': ({ board, takes }) => catalogue.putTakes(board, takes),
})
