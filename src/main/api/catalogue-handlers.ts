import type { CatalogueCall } from '../../shared/catalogue-calls.ts'
import { firstOf, type FirstTakes } from '../../shared/domain/catalogue.ts'
import type { Take } from '../../shared/domain/take.ts'
import { ok } from '../../shared/outcome.ts'
import type { Studio } from '../core/studio.ts'
import type { Catalogue } from '../takes/catalogue.ts'
import { unknownTake } from '../takes/problems.ts'
import type { Handlers } from './dispatch.ts'

const idsOf = (takes: readonly Take[]) => takes.map(({ id }) => id)

/** What a window begins with, of all takes, the newest first. */
export const firstTakes = (all: readonly Take[], { page }: Pick<Catalogue, 'page'>): FirstTakes => ({
  order: idsOf(all),
  entries: page(idsOf(firstOf(all))),
})

/** Search, marks, boards and the trash. */
export const catalogueHandlers = ({
  catalogue,
  takes,
}: Pick<Studio, 'catalogue' | 'takes'>): Pick<Handlers, CatalogueCall> => ({
  'take:list': () => Promise.resolve(ok(firstTakes(takes.list(), catalogue))),
  'take:mark': ({ requests }) => catalogue.mark(requests),
  'take:rename': async ({ take, name }) => {
    const renamed = await catalogue.mark([{ takes: [take], change: { name } }])
    if (!renamed.ok) return renamed
    const [before] = renamed.value.before
    return before ? ok(before) : unknownTake(take)
  },
  'library:search': (asked) => Promise.resolve(catalogue.search(asked)),
  'library:page': ({ takes: ids }) => Promise.resolve(ok(catalogue.page(ids))),
  'tag:list': () => Promise.resolve(ok(catalogue.tags())),
  'board:list': () => Promise.resolve(ok(catalogue.boards())),
  'board:save': ({ board }) => catalogue.saveBoard(board),
  'board:remove': ({ board }) => catalogue.removeBoard(board),
  'board:put': ({ board, takes: ids }) => catalogue.putTakes(board, ids),
  'take:trash': ({ takes: ids }) => takes.putInTrash(ids),
  'take:restore': ({ takes: ids }) => takes.restore(ids),
  'library:trash': () => Promise.resolve(ok(takes.trash())),
  'library:empty-trash': ({ takes: ids }) => takes.emptyTrash(ids),
})
