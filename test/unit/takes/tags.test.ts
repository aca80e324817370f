import { expect, it } from 'vitest'
import { addTake, catalogueStage, takeOf } from '../../support/library/catalogue-stage.ts'

const stage = catalogueStage()

it('Tags in use are listed once whatever their case, with how many takes have them', async () => {
  const opened = stage.open()
  const [one, two] = [1, 2].map((nth) => addTake(opened, stage.library, { id: takeOf(nth) })) as [
    string,
    string,
  ]
  await opened.catalogue.mark([
    { takes: [one], change: { addTags: ['Night', 'red coat'] } },
    { takes: [two], change: { addTags: ['night'] } },
  ])
  expect(opened.catalogue.tags()).toEqual([
    { tag: 'Night', takes: 2 },
    { tag: 'red coat', takes: 1 },
  ])
})
