import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Rebuilt } from '../../../../src/main/takes/types.ts'
import type { PaidTasks } from '../../../../src/shared/domain/paid-task.ts'
import { fail, ok } from '../../../../src/shared/outcome.ts'
import { aTake } from '../../../support/library/a-take.ts'
import { fakeStudio } from '../../../support/library/fake-studio.ts'
import { lost, newer, older, rest } from '../some-takes.ts'
import { temporaryFolder, understudy } from '../session.ts'

describe('takes rebuild', () => {
  const rebuilding = (rebuilt: Rebuilt) => {
    const studio = fakeStudio({ takes: [older] })
    const rebuild = () => Promise.resolve(ok(rebuilt))
    return { ...studio, takes: { ...studio.takes, rebuild } }
  }

  it('names the takes that are back', async () => {
    const studio = rebuilding({ takes: [older], lost: [] })
    const { code, stdout } = await understudy(['takes', 'rebuild', '--json'], { studio })
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ takes: [{ id: older.id, state: 'DONE' }], lost: [] })
    const told = await understudy(['takes', 'rebuild'], { studio })
    expect(told.stdout).toContain(older.id)
  })

  it('says that nothing was missing', async () => {
    const studio = rebuilding({ takes: [], lost: [] })
    const { code, stdout } = await understudy(['takes', 'rebuild'], { studio })
    expect([code, stdout]).toEqual([0, 'There were no missing takes to bring back.\n'])
  })

  it('names folders that do not say enough, with the task they name', async () => {
    const both = [
      { id: newer.id, taskId: '8' },
      { id: lost.id, taskId: null },
    ]
    const studio = rebuilding({ takes: [], lost: both })
    const { code, stdout, stderr } = await understudy(['takes', 'rebuild', '--json'], { studio })
    expect(code).toBe(7)
    expect(JSON.parse(stdout)).toEqual({ takes: [], lost: both })
    expect(stderr).toContain('2 folders do not contain enough')
    expect(stderr).toContain(`${newer.id}: task 8`)
    const one = await understudy(['takes', 'rebuild'], {
      studio: rebuilding({ takes: [], lost: both.slice(0, 1) }),
    })
    expect(one.stderr).toContain('One folder does not contain enough')
  })

  it('says why it cannot', async () => {
    const studio = fakeStudio({ takes: [] })
    const rebuild = () => Promise.resolve(fail('library-newer', 'Too new.'))
    const { code } = await understudy(['takes', 'rebuild'], {
      studio: { ...studio, takes: { ...studio.takes, rebuild } },
    })
    expect(code).toBe(7)
  })
})

describe('takes find', () => {
  const found = {
    tasks: [
      { taskId: '77', createdAt: '2026-11-28T10:00:00.000Z', state: 'succeeded', cost: null },
      { taskId: '78', createdAt: null, state: 'failed', cost: { units: '4.5', unitName: 'units' } },
    ],
    whole: true,
  } as const
  const finding = (paid: PaidTasks) => {
    const studio = fakeStudio({ takes: [] })
    const asked: unknown[] = []
    const takes = {
      ...studio.takes,
      findTasks: () => Promise.resolve(ok(paid)),
      bringHome: (...args: unknown[]) => {
        asked.push(args)
        return Promise.resolve(ok([older]))
      },
      list: () => [older],
      show: () => ok(older),
    }
    return { studio: { ...studio, takes }, asked }
  }

  it('lists paid tasks without a file here, and says how to bring them home', async () => {
    const { studio, asked } = finding(found)
    const told = await understudy(['takes', 'find', '--provider', 'kling'], { studio })
    expect(told.code).toBe(0)
    expect(told.stdout).toMatch(/^77 +2026-11-28T10:00:00.000Z +done\n78 +time unknown +failed +4.5 units\n/)
    expect(told.stdout).toContain('understudy takes find --provider kling --bring-home')
    const json = await understudy(['takes', 'find', '--provider', 'kling', '--json'], { studio })
    expect(JSON.parse(json.stdout)).toEqual(found)
    expect(asked).toEqual([])
  })

  it('brings home what did not fail, and follows it to its end', async () => {
    const { studio, asked } = finding(found)
    const args = ['takes', 'find', '--provider', 'kling', '--bring-home']
    const { code, stdout } = await understudy(args, { studio })
    expect(code).toBe(0)
    expect(asked).toEqual([[{ provider: 'kling', account: null, baseUrl: null }, ['77']]])
    expect(stdout).toContain(older.id)
  })

  it('asks for the account by its id, and names the address once more that it was asked at', async () => {
    const { studio, asked } = finding(found)
    const [account] = await studio.accounts.list()
    const others = { account: { id: 'kling-7', provider: 'kling' } }
    const accounts = { ...studio.accounts, list: () => Promise.resolve([{ ...account, ...others }] as never) }
    const about = ['takes', 'find', '--provider', 'kling', '--base-url', 'https://kling.example']
    const told = await understudy(about, { studio: { ...studio, accounts } })
    expect(told.stdout).toContain('--provider kling --base-url https://kling.example --bring-home')
    await understudy([...about, '--bring-home'], { studio: { ...studio, accounts } })
    expect(asked).toMatchObject([[{ account: 'kling-7', baseUrl: 'https://kling.example' }, ['77']]])
  })

  it('says when nothing is missing, and what was not looked at', async () => {
    const { studio } = finding({ tasks: [], whole: false })
    const { stdout } = await understudy(['takes', 'find', '--provider', 'oxen', '--bring-home'], { studio })
    expect(stdout).toBe(
      'Every task Oxen.ai lists is in this library.\nOxen.ai has older tasks that were not checked.\n',
    )
  })

  it('needs a provider', async () => {
    const { studio } = finding(found)
    expect((await understudy(['takes', 'find'], { studio })).code).toBe(2)
  })
})

describe('takes list', () => {
  it('shows the newest first, with what a program needs', async () => {
    const studio = fakeStudio({ takes: [older, newer] })
    const { code, stdout } = await understudy(['takes', 'list', '--json'], { studio })
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toEqual([
      {
        id: newer.id,
        state: 'ACKED',
        provider: 'practice',
        model: 'practice',
        taskId: '8',
        createdAt: newer.createdAt,
      },
      {
        id: older.id,
        state: 'DONE',
        provider: 'practice',
        model: 'practice',
        taskId: '7',
        createdAt: older.createdAt,
        result: { path: `/library/${older.id}/result.mp4`, bytes: 5, sha256: 'c0ffee', duration: 6 },
      },
    ])
  })

  it('is a table for people', async () => {
    const { stdout } = await understudy(['takes', 'list'], { studio: fakeStudio({ takes: [older] }) })
    expect(stdout).toBe(
      'TAKE                        STATE  PROVIDER  MODEL     CREATED (UTC)     COST  CHARACTER  CLIP\n' +
        '01JD1AAAAAAAAAAAAAAAAAAAAA  Done   practice  practice  2026-11-20 12:00  free  hero.png   dance.mp4\n',
    )
  })

  it('says of a take that is done when its result is gone', async () => {
    const situation = { studio: fakeStudio({ takes: [older, newer] }), isFile: () => false }
    const { stdout } = await understudy(['takes', 'list', '--json'], situation)
    const [open, done] = JSON.parse(stdout) as Record<string, unknown>[]
    expect(done).toMatchObject({ id: older.id, resultProblem: { code: 'file-missing' } })
    expect(open).not.toHaveProperty('resultProblem')
    expect((await understudy(['takes', 'list'], situation)).stdout).toContain('Done, file gone')
  })

  it('does not set anything going', async () => {
    const { studio } = await understudy(['takes', 'list'], { studio: fakeStudio({ takes: [newer] }) })
    expect(studio.said).toEqual([])
  })

  it('says so when the library is held by another process', async () => {
    const { code, stdout, stderr } = await understudy(['takes', 'list', '--json'], {
      openStudio: () => Promise.resolve(fail('library-in-use', 'Another Understudy holds the library.')),
    })
    expect([code, stdout, stderr]).toEqual([7, '', 'Another Understudy holds the library.\n'])
  })
})

describe('a take is named by the beginning or the end of its id', () => {
  const studio = () => fakeStudio({ takes: [older, newer, lost] })

  it('in upper or lower case', async () => {
    const { stdout } = await understudy(['takes', 'show', '01jd1', '--json'], { studio: studio() })
    expect(JSON.parse(stdout)).toMatchObject({ id: older.id, attempt: 1, clipName: 'dance.mp4' })
  })

  it('or by its end, as progress and the names of results show it', async () => {
    const { stdout } = await understudy(['takes', 'show', newer.id.slice(-6), '--json'], { studio: studio() })
    expect(JSON.parse(stdout)).toMatchObject({ id: newer.id })
  })

  it('unless more than one begins so', async () => {
    const { code, stderr } = await understudy(['takes', 'show', '01JD2'], { studio: studio() })
    expect([code, stderr]).toEqual([2, '2 takes start or end with “01JD2”. Type more of the id.\n'])
  })

  it('and has to exist', async () => {
    const { code, stderr } = await understudy(['takes', 'give-up', 'XYZ'], { studio: studio() })
    expect([code, stderr]).toEqual([2, 'There is no take “XYZ”. To list all takes: understudy takes list\n'])
  })
})

describe('takes give-up', () => {
  it('takes back first what was interrupted before it was sent', async () => {
    const studio = fakeStudio({ takes: [aTake({ ...newer, state: 'READY', taskId: null })] })
    const { code, stdout } = await understudy(['takes', 'give-up', newer.id, '--json'], { studio })
    expect([code, studio.said]).toEqual([0, [`take back ${newer.id}`]])
    expect(JSON.parse(stdout)).toMatchObject({ state: 'ABANDONED' })
  })
})

describe('takes save-elsewhere', () => {
  it('has the result fetched into a folder, and follows it there', async () => {
    const studio = fakeStudio({ takes: [newer], life: rest })
    const out = temporaryFolder()
    const argv = ['takes', 'save-elsewhere', newer.id, '--out', out, '--json']
    const { code, lines } = await understudy(argv, { studio })
    expect([code, lines().at(-1)]).toMatchObject([
      0,
      { event: 'done', take: { id: newer.id, state: 'DONE', result: { bytes: 5 } } },
    ])
    expect(studio.said).toContain(`save elsewhere ${newer.id} ${out}`)
  })

  it('needs a folder', async () => {
    const { code, stderr } = await understudy(['takes', 'save-elsewhere', older.id], { studio: fakeStudio() })
    expect([code, stderr]).toEqual([2, expect.stringContaining('--out FOLDER')])
  })
})

describe('takes export', () => {
  it('copies the result to a new file', async () => {
    const out = join(temporaryFolder(), 'dance.mp4')
    const argv = ['takes', 'export', older.id, '--out', out, '--json']
    const { code, stdout } = await understudy(argv, { studio: fakeStudio({ takes: [older] }) })
    expect([code, JSON.parse(stdout)]).toEqual([0, { path: out, bytes: 5 }])
    expect(existsSync(out)).toBe(true)
    const again = await understudy(argv, { studio: fakeStudio({ takes: [older] }) })
    expect([again.code, again.stdout]).toEqual([2, ''])
  })

  it('copies the marked version where that is asked for', async () => {
    const out = join(temporaryFolder(), 'marked.mp4')
    const argv = ['takes', 'export', older.id, '--out', out, '--watermarked']
    const { code } = await understudy(argv, { studio: fakeStudio({ takes: [older] }) })
    expect([code, readFileSync(out, 'utf8')]).toEqual([0, 'mark!'])
  })
})
