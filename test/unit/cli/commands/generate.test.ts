import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fail } from '../../../../src/shared/outcome.ts'
import { fakeStudio, goodLife, type Change } from '../../../support/library/fake-studio.ts'
import { asked, files } from '../asked.ts'
import { temporaryFolder, understudy } from '../session.ts'

const livingThrough = (...life: (Change | 'pause')[]) => fakeStudio({ files, life })

describe('generate', () => {
  it('announces every state in order and ends with where the result lies', async () => {
    const out = temporaryFolder()
    const { code, lines } = await understudy(asked(out, '--yes', '--json'), { studio: fakeStudio({ files }) })
    const told = lines()
    expect(code).toBe(0)
    expect(told.filter((line) => line['event'] === 'state').map((line) => line['state'])).toEqual(
      goodLife.flatMap((change) => change.state ?? []),
    )
    expect(told.at(-1)).toEqual({
      event: 'done',
      take: {
        id: '01JD8QZZZZZZZZZZZZZZABCDEF',
        state: 'DONE',
        taskId: 'task-1',
        result: { path: join(out, 'dance-ABCDEF.mp4'), bytes: 5, sha256: 'c0ffee', duration: 6 },
      },
    })
    expect(existsSync(join(out, 'dance-ABCDEF.mp4'))).toBe(true)
  })

  it('announces progress between states', async () => {
    const { lines } = await understudy(asked(temporaryFolder(), '--json'), { studio: fakeStudio({ files }) })
    expect(lines()).toContainEqual(
      expect.objectContaining({ event: 'progress', state: 'PREPARING', attempt: 1, fraction: 0.5 }),
    )
  })

  it('never replaces a file of the same name', async () => {
    const out = temporaryFolder()
    writeFileSync(join(out, 'dance-ABCDEF.mp4'), 'mine')
    await understudy(asked(out), { studio: fakeStudio({ files }) })
    expect(readdirSync(out).sort()).toEqual(['dance-ABCDEF-2.mp4', 'dance-ABCDEF.mp4'])
  })

  it('makes the folder for the result only when there is one', async () => {
    const out = join(temporaryFolder(), 'new', 'folder')
    const failing = livingThrough(
      { state: 'PREPARING', attempt: 1 },
      { state: 'REJECTED', problem: fail('provider-refused', 'The provider said no.').problem },
    )
    await understudy(asked(out), { studio: failing })
    expect(existsSync(out)).toBe(false)
    await understudy(asked(out), { studio: fakeStudio({ files }) })
    expect(readdirSync(out)).toEqual(['dance-ABCDEF.mp4'])
  })

  it('keeps the result in the library when it cannot be copied, and says where it is', async () => {
    const out = temporaryFolder()
    const studio = fakeStudio({ files })
    const broken = {
      ...studio,
      takes: {
        ...studio.takes,
        exportResult: () => Promise.resolve(fail('disk-full', 'The disk is full.')),
      },
    }
    const { code, lines, stderr } = await understudy(asked(out, '--json'), { studio: broken })
    expect(code).toBe(7)
    expect(stderr).toContain('The disk is full.')
    expect(lines().at(-1)).toMatchObject({
      take: {
        state: 'DONE',
        result: { path: '/library/01JD8QZZZZZZZZZZZZZZABCDEF/result.mp4' },
        problem: { code: 'disk-full' },
      },
    })
  })

  it('closes what it opened, and does not even open the library for inputs that are refused', async () => {
    const { studio } = await understudy(asked(temporaryFolder()), { studio: fakeStudio({ files }) })
    // The workshop that checked, and the library.
    expect(studio.closed()).toBe(2)
    const refused = await understudy(asked(temporaryFolder(), '--clip-url', 'https://e.com/c'), {
      studio: fakeStudio(),
    })
    expect(refused.studio.closed()).toBe(1)
  })
})

describe('what cannot be sent is refused before a take exists', () => {
  const withFiles = (character: string, clip: string, out = '/tmp') => [
    'generate',
    ...['--character', character, '--clip', clip, '--out', out, '--yes', '--json'],
  ]
  it.each([
    ['a missing file', withFiles('gone.jpg', 'dance.mp4'), 4],
    ['two images and no clip', withFiles('face.jpg', 'tiny.jpg'), 4],
    ['a video as the character', withFiles('dance.mp4', 'dance.mp4'), 4],
    ['a clip of 2 s, unless it may be lengthened', withFiles('face.jpg', 'short.mp4'), 3],
    ['an image of 60 px', withFiles('tiny.jpg', 'dance.mp4'), 4],
    ['a prompt beyond the limit', [...asked('/tmp', '--json'), '--prompt', 'x'.repeat(2501)], 3],
    ['a file as the folder', withFiles('face.jpg', 'dance.mp4', import.meta.filename), 7],
  ])('%s', async (_what, argv, expected) => {
    const { code, stdout, stderr, studio } = await understudy(argv, { studio: fakeStudio({ files }) })
    expect(code).toBe(expected)
    expect(stdout).toBe('')
    expect(stderr).toMatch(/^[A-Z“a-z-].*\.\n/)
    expect(studio.submitted).toEqual([])
  })

  it('a provider that cannot reach this machine, with the reason and before the library is opened', async () => {
    const reached = fail('usage', 'The provider can’t download a clip from this computer.', {
      advice: 'Choose.',
    })
    const studio = fakeStudio({ files, accounts: { reached } })
    const argv = asked('/tmp', '--provider', 'kling', '--yes', '--json')
    const { code, stderr } = await understudy(argv, { studio })
    expect(code).toBe(2)
    expect(stderr).toContain('can’t download a clip')
    expect(studio.submitted).toEqual([])
    expect(studio.closed()).toBe(1)
  })

  it('takes a loopback host where the provider is on this machine', async () => {
    const local = [
      '--provider',
      'kling',
      '--base-url',
      'http://127.0.0.1:9999',
      '--host',
      'loopback',
      '--yes',
    ]
    const { studio } = await understudy(asked(temporaryFolder(), ...local), { studio: fakeStudio({ files }) })
    expect(studio.submitted[0]?.route).toEqual({
      baseUrl: 'http://127.0.0.1:9999',
      host: 'loopback',
      clipUrl: null,
      characterUrl: null,
    })
  })
})

describe('how a take ends decides the exit code', () => {
  const problem = (code: 'provider-refused' | 'provider-failed' | 'result-expired' | 'outcome-unknown') =>
    fail(code, 'It went wrong.').problem
  it.each([
    ['REJECTED', problem('provider-refused'), 5],
    ['REMOTE_FAILED', problem('provider-failed'), 5],
    ['EXPIRED', problem('result-expired'), 5],
    ['NEEDS_USER', problem('outcome-unknown'), 6],
    ['DRAFT', fail('disk-full', 'No room.').problem, 7],
    ['HELD', fail('account-key', 'There is no key.').problem, 5],
  ] as const)('%s', async (state, why, expected) => {
    const studio = livingThrough({ state: 'PREPARING', attempt: 1 }, { state, problem: why })
    const { code, lines, stderr } = await understudy(asked(temporaryFolder(), '--json'), { studio })
    expect(code).toBe(expected)
    expect(lines().at(-1)).toMatchObject({ event: 'done', take: { state, problem: { code: why.code } } })
    expect(stderr).toContain(why.message)
  })
})

describe('Ctrl-C', () => {
  const interrupting = async (...life: Change[]) => {
    const controller = new AbortController()
    const studio = livingThrough(...life, 'pause')
    studio.takes.subscribe((take) => {
      if (take.state === life.at(-1)?.state) setImmediate(() => controller.abort())
    })
    return understudy(asked(temporaryFolder(), '--json'), { studio, signal: controller.signal })
  }

  it('cancels what was not sent yet', async () => {
    const { code, lines, stderr, studio } = await interrupting({ state: 'PREPARING', attempt: 1 })
    expect(code).toBe(130)
    expect(studio.said).toContain('take back 01JD8QZZZZZZZZZZZZZZABCDEF')
    expect(lines().at(-1)).toMatchObject({ event: 'done', take: { state: 'DRAFT' } })
    expect(stderr).toBe('Cancelled. Nothing was sent.\n')
  })

  it('says at once that a request is on its way and what a second Ctrl-C means', async () => {
    const controller = new AbortController()
    const studio = livingThrough({ state: 'PREPARING', attempt: 1 }, { state: 'WIRE' }, 'pause')
    studio.takes.subscribe((take) => {
      if (take.state === 'WIRE') setImmediate(() => controller.abort())
    })
    const takeBack = () => Promise.resolve(fail('usage', 'It is being sent.'))
    const { code, stderr, lines } = await understudy(asked(temporaryFolder(), '--json'), {
      studio: { ...studio, takes: { ...studio.takes, takeBack } },
      signal: controller.signal,
    })
    expect(code).toBe(130)
    expect(lines().at(-1)).toMatchObject({ event: 'done', take: { state: 'WIRE' } })
    expect(stderr).toContain('is being sent. Understudy waits up to a minute for the answer.')
    expect(stderr).not.toContain('was submitted')
  })

  it('says that a submitted take goes on', async () => {
    const { code, lines, stderr } = await interrupting(
      { state: 'PREPARING', attempt: 1 },
      { state: 'ACKED', taskId: 'task-1' },
    )
    expect(code).toBe(130)
    expect(lines().at(-1)).toMatchObject({ event: 'done', take: { state: 'ACKED', taskId: 'task-1' } })
    expect(stderr).toContain('was submitted. It continues at the next start')
  })
})
