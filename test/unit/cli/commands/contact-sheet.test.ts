import { describe, expect, it } from 'vitest'
import { ok } from '../../../../src/shared/outcome.ts'
import { aTake } from '../../../support/library/a-take.ts'
import { takeOf } from '../../../support/library/catalogue-stage.ts'
import { fakeStudio } from '../../../support/library/fake-studio.ts'
import { understudy } from '../session.ts'

const ids = [1, 2].map(takeOf)

function sheets() {
  const drawn: (readonly [readonly string[], string])[] = []
  const studio = fakeStudio({ takes: ids.map((id) => aTake({ id })) })
  const contactSheet = (takes: readonly string[], path: string) => {
    drawn.push([takes, path])
    return Promise.resolve(ok({ path, bytes: 2048 }))
  }
  const answering = { ...studio, takes: { ...studio.takes, contactSheet } }
  const run = (...argv: readonly string[]) =>
    understudy(['takes', 'contact-sheet', ...argv], { studio: answering })
  return { run, drawn }
}

describe('takes contact-sheet', () => {
  it('draws the named takes in their order and says where the picture is', async () => {
    const { run, drawn } = sheets()
    const { code, stdout } = await run('0002', '0001', '--out', '/pictures/takes.png')
    expect([code, drawn]).toEqual([0, [[[ids[1], ids[0]], '/pictures/takes.png']]])
    expect(stdout).toContain('Wrote /pictures/takes.png (2')
  })

  it.each([
    [['0001'], '--out FILE'],
    [['9999', '--out', 'a.png'], 'There is no take'],
    [['--out', 'a.png'], 'ids'],
  ])('%j is refused, and nothing is drawn', async (argv, reason) => {
    const { run, drawn } = sheets()
    const { code, stderr } = await run(...argv)
    expect(code).not.toBe(0)
    expect(stderr).toContain(reason)
    expect(drawn).toEqual([])
  })
})
