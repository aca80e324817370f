import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fail } from '../../../../src/shared/outcome.ts'
import { aTake } from '../../../support/library/a-take.ts'
import { fakeStudio } from '../../../support/library/fake-studio.ts'
import { asked, files, paid } from '../asked.ts'
import { temporaryFolder, understudy } from '../session.ts'

describe('the user agrees to the cost before anything is sent', () => {
  it('stops a paid take with exit 3 where there is nobody to ask', async () => {
    const { code, stdout, stderr, studio } = await understudy(asked('/nowhere', ...paid, '--json'), {
      studio: fakeStudio({ files }),
    })
    expect(code).toBe(3)
    expect(stdout).toBe('')
    expect(stderr).toContain('about 0.42 USD')
    expect(stderr).toContain('--yes')
    expect(studio.submitted).toEqual([])
  })

  it('sends the consent along with the amount that was shown', async () => {
    const { code, studio } = await understudy(asked(temporaryFolder(), ...paid, '--yes'), {
      studio: fakeStudio({ files }),
    })
    expect(code).toBe(0)
    expect(studio.submitted[0]?.consent).toEqual({ amount: 0.42, passGuard: false })
    expect(studio.submitted[0]?.route).toEqual({
      baseUrl: null,
      host: 'given',
      clipUrl: 'https://example.com/clip.mp4',
      characterUrl: null,
    })
  })

  it('asks at a terminal and names the cost', async () => {
    const questions: string[] = []
    const ask = (question: string) => {
      questions.push(question)
      return Promise.resolve(true)
    }
    const { code } = await understudy(asked(temporaryFolder(), ...paid), {
      ask,
      studio: fakeStudio({ files }),
    })
    expect(code).toBe(0)
    expect(questions).toEqual([
      expect.stringMatching(
        /^A take with [A-Z].* costs about 0\.42 USD\. The provider never refunds it\. Continue\?$/,
      ),
    ])
  })

  it('sends nothing when the answer is no', async () => {
    const { code, studio } = await understudy(asked(temporaryFolder(), ...paid), {
      ask: () => Promise.resolve(false),
      studio: fakeStudio({ files }),
    })
    expect(code).toBe(3)
    expect(studio.submitted).toEqual([])
  })

  it('asks nothing when it is free', async () => {
    const { code } = await understudy(asked(temporaryFolder()), {
      ask: () => Promise.reject(new Error('asked')),
      studio: fakeStudio({ files }),
    })
    expect(code).toBe(0)
  })
})

describe('a limit of the user', () => {
  const limited = () => {
    const studio = fakeStudio({ files })
    const submit: typeof studio.takes.submit = (take) =>
      take.consent.passGuard
        ? studio.takes.submit(take)
        : Promise.resolve(fail('guard-passed', 'The limits are not known.'))
    return { ...studio, takes: { ...studio.takes, submit } }
  }

  it('stops a paid take with exit 3 where nobody can be asked, and names the flag that passes it', async () => {
    const studio = limited()
    const { code, stderr } = await understudy(asked('/tmp', ...paid, '--yes'), { studio })
    expect([code, studio.submitted]).toEqual([3, []])
    expect(stderr).toContain('The limits are not known. Nothing was sent. Add --pass-guard')
  })

  it('is passed once where the user agrees to that', async () => {
    const studio = limited()
    const argv = asked(temporaryFolder(), ...paid, '--yes', '--pass-guard')
    expect((await understudy(argv, { studio })).code).toBe(0)
    expect(studio.submitted).toHaveLength(1)
  })
})

describe('a take of an earlier run that was interrupted before it was sent', () => {
  const interrupted = aTake({ id: '01JD1AAAAAAAAAAAAAAAAAAAAA', state: 'PREPARING', attempt: 1 })
  const sent = aTake({ id: '01JD2BBBBBBBBBBBBBBBBBBBBB', state: 'ACKED', attempt: 1, taskId: '8' })

  it('is named with its two ways on, and left alone by another generate', async () => {
    const held = aTake({ ...interrupted, id: '01JD3CCCCCCCCCCCCCCCCCCCCC', state: 'HELD', resume: 'READY' })
    const studio = fakeStudio({ files, takes: [interrupted, sent, held] })
    const { code, stderr } = await understudy(asked(temporaryFolder(), '--json'), { studio })
    expect([code, studio.woken]).toEqual([0, [sent.id]])
    expect(stderr).toContain(
      `The take of dance.mp4 from 2026-11-20 12:00 UTC (${interrupted.id}) was interrupted before it was sent.`,
    )
    expect(stderr).toContain(`understudy takes follow ${held.id}`)
    expect(stderr).toContain(`understudy takes give-up ${held.id}`)
    expect(stderr).not.toContain(sent.id)
  })

  it('goes on in the place of a second one that asks for the very same, and its result arrives', async () => {
    const studio = fakeStudio({ files, takes: [interrupted], interrupted })
    const out = temporaryFolder()
    const argv = asked(out, ...paid, '--yes', '--json')
    const { code, lines, stderr } = await understudy(argv, { studio })
    expect(code).toBe(0)
    expect(studio.submitted).toEqual([])
    expect(studio.said).toContain(`submit again ${interrupted.id}`)
    expect(stderr).toContain('doesn’t make a second one')
    expect(lines().at(-1)).toMatchObject({ take: { id: interrupted.id, state: 'DONE' } })
    expect(readdirSync(out)).toEqual(['dance-AAAAAA.mp4'])
  })
})
