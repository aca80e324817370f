import { describe, expect, it } from 'vitest'
import type { Takes } from '../../../../src/main/takes/types.ts'
import { fail, ok } from '../../../../src/shared/outcome.ts'
import { aTake } from '../../../support/library/a-take.ts'
import { fakeStudio } from '../../../support/library/fake-studio.ts'
import { understudy } from '../session.ts'

const id = '01JD8QZZZZZZZZZZZZZZABCDEF'
const take = aTake({ id, state: 'DONE' })
const marks = {
  ...{ take: id, number: 7, name: 'Hero', stars: 3, flag: null, tags: [], note: '', boards: [] },
}

/** A library of one take, in the list or in the trash. */
function command(answers: Partial<Takes>, listed = true) {
  const studio = fakeStudio({ takes: listed ? [take] : [] })
  const all = { ...studio, takes: { ...studio.takes, ...answers } }
  return (...argv: readonly string[]) => understudy(['takes', ...argv], { studio: all })
}

describe('the trash on the command line', () => {
  it('trashes by the end of an id, and says which result stays in a folder of the user', async () => {
    const asked: unknown[] = []
    const takes = command({
      putInTrash: (ids) => {
        asked.push(ids)
        return Promise.resolve(ok({ takes: ids, resultsStay: ids }))
      },
    })
    const { code, stdout } = await takes('trash', 'abcdef')
    expect([code, asked]).toEqual([0, [[id]]])
    expect(stdout).toBe(
      `In the trash now: ${id}\nYou chose a folder for these results, so they stay there: ${id}\n`,
    )
  })

  it('lists what is in it, and restores from there', async () => {
    const takes = command(
      {
        trash: () => [{ take, marks, trashedAt: '2026-11-20T12:00:00.000Z' }],
        restore: () => Promise.resolve(ok([take])),
      },
      false,
    )
    const listed = await takes('list', '--trash', '--json')
    expect(JSON.parse(listed.stdout)).toMatchObject([
      { id, number: 7, trashedAt: '2026-11-20T12:00:00.000Z' },
    ])
    expect((await takes('restore', '01JD8Q')).stdout).toBe(`Back in the list: ${id}\n`)
    expect((await command({ trash: () => [] }, false)('list', '--trash')).stdout).toBe(
      'The trash is empty.\n',
    )
  })

  it('says why the bin of the system took nothing, and that nothing is lost', async () => {
    const noBin = fail('folder-unwritable', 'The bin of your system can’t be reached.').problem
    const takes = command({
      emptyTrash: () => Promise.resolve(ok({ binned: [], left: [{ take: id, problem: noBin }] })),
    })
    const { code, stdout, stderr } = await takes('empty-trash')
    expect(code).not.toBe(0)
    expect(stdout).toContain('Nothing was moved to the bin of your system.')
    expect(stderr).toContain('can’t be reached')
  })

  it('needs a file for a support pack, and says where it is', async () => {
    const takes = command({ supportPack: (_id, path) => Promise.resolve(ok({ path, bytes: 2048 })) })
    expect((await takes('support-pack', id)).stderr).toContain('--out FILE.zip')
    const { stdout } = await takes('support-pack', id, '--out', 'support.zip')
    expect(stdout).toMatch(/^Wrote \/place\/support\.zip/)
  })
})
