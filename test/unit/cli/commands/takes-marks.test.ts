import { describe, expect, it } from 'vitest'
import { aTake } from '../../../support/library/a-take.ts'
import { someSettings } from '../../../support/clips/facts.ts'
import { addTake, catalogueStage, takeOf } from '../../../support/library/catalogue-stage.ts'
import { fakeStudio } from '../../../support/library/fake-studio.ts'
import { understudy } from '../session.ts'

const stage = catalogueStage()
const [one, two, three] = [1, 2, 3].map(takeOf) as [string, string, string]

/** Three takes: of Practice, of Oxen.ai and of Kling. */
function marking() {
  const opened = stage.open()
  const settings = (['practice', 'oxen', 'kling'] as const).map((provider) => someSettings({ provider }))
  const takes = [one, two, three].map((id, nth) => aTake({ id, state: 'REJECTED', settings: settings[nth]! }))
  for (const take of takes) addTake(opened, stage.library, { id: take.id, settings: take.settings })
  const studio = { ...fakeStudio({ takes }), catalogue: opened.catalogue }
  return (...argv: readonly string[]) => understudy(['takes', ...argv], { studio })
}

describe('takes mark', () => {
  it('marks several takes by the ends of their ids, and tells the marks they have', async () => {
    const takes = marking()
    const flags = ['--stars', '4', '--flag', 'pick', '--tag', 'Red coat', '--tag', 'hero', '--note', 'left']
    const { code, stdout } = await takes('mark', '0001', two, ...flags, '--json')
    const marks = { name: null, stars: 4, flag: 'pick', tags: ['Red coat', 'hero'], note: 'left' }
    expect([code, JSON.parse(stdout)]).toEqual([
      0,
      [
        { id: one, number: 1, ...marks },
        { id: two, number: 2, ...marks },
      ],
    ])
    const fewer = await takes(
      'mark',
      one,
      '--untag',
      'RED COAT',
      '--flag',
      'none',
      '--note',
      '',
      '--stars',
      '0',
    )
    expect(fewer.stdout).toMatch(/^Take {4}\S+1\nNumber {2}1\nTags {4}hero\n$/)
  })

  it.each([
    [['mark', one], 'needs something to change'],
    [['mark', one, '--stars', '6'], '--stars must be'],
    [['mark', one, '--flag', 'maybe'], '--flag must be'],
    [['mark', one, '--tag', 'a,b'], 'no comma'],
    [['mark', one, '9999', '--stars', '1'], 'There is no take'],
    [['mark', '0', '--stars', '1'], '3 takes start or end'],
    [['rename', one, 'x'.repeat(200)], 'at most 120'],
    [['list', '--filter', 'stars>9'], 'is not a filter'],
  ])('%j is refused, and no take is changed', async (argv, reason) => {
    const takes = marking()
    const { code, stderr, stdout } = await takes(...argv)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(reason)
    const listed = JSON.parse((await takes('list', '--json')).stdout) as { readonly stars: number }[]
    expect(listed.map(({ stars }) => stars)).toEqual([0, 0, 0])
  })
})

describe('takes rename', () => {
  it('gives a name, which takes list and takes show tell', async () => {
    const takes = marking()
    expect((await takes('rename', two, 'Hero, again')).code).toBe(0)
    const listed = (await takes('list')).stdout
    expect(listed).toContain('NAME')
    expect(listed).toMatch(/2 +Not accepted +Hero, again +oxen/)
    expect(listed).not.toContain('STARS')
    expect((await takes('show', two)).stdout).toMatch(/Number +2\nName +Hero, again\n/)
    await takes('rename', two, '')
    expect((await takes('list')).stdout).not.toContain('NAME')
  })
})

describe('takes list', () => {
  it('finds takes of a provider by a word, and by what was marked', async () => {
    const takes = marking()
    const found = async (filter: string) =>
      (
        JSON.parse((await takes('list', '--json', '--filter', filter)).stdout) as { readonly id: string }[]
      ).map(({ id }) => id)
    expect(await found('oxen')).toEqual([two])
    await takes('mark', one, three, '--stars', '5', '--tag', 'red coat')
    expect(await found('stars>=4 tag:"red coat"')).toEqual([three, one])
    expect(await found('stars>=4 -provider:kling')).toEqual([one])
    expect((await takes('list', '--filter', 'nothing')).stdout).toBe('No take matches this filter.\n')
  })

  it('keeps its shape, and says the marks of each take besides', async () => {
    const [entry] = JSON.parse((await marking()('list', '--json', '--filter', '#1')).stdout) as unknown[]
    expect(entry).toMatchObject({
      ...{ id: one, state: 'REJECTED', provider: 'practice' },
      ...{ number: 1, name: null, stars: 0, flag: null, tags: [], note: '' },
    })
  })
})
