import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeClip } from '../support/clips/clips.ts'
import {
  buildCommandLine,
  filesIn,
  practiceTasks,
  start,
  understudy,
  workplace,
} from '../support/processes/command-line.ts'
import { jpeg } from '../support/clips/pictures.ts'
import { ffmpeg } from '../support/processes/tools.ts'

/** Far beyond what any of this takes; a machine under load must not decide a test. */
const patient = { timeout: 300_000 }

const media = mkdtempSync(join(tmpdir(), 'understudy-restart-'))
let inputs: readonly string[] = []
/** Takes seconds to prepare, so that there is time to interrupt. */
let slowInputs: readonly string[] = []
beforeAll(async () => {
  await buildCommandLine()
  // As small as the rules allow: what is tried here is when it stops, not what it encodes.
  const character = await jpeg(media, { width: 360, height: 480 })
  const clip = await makeClip(media, 'small.mp4', { width: 640, height: 352, seconds: 3, rate: 12 })
  inputs = ['--character', character, '--clip', clip]
  const long = await makeClip(media, 'long.mp4', {
    ...{ width: 1280, height: 720, seconds: 9, busy: true },
  })
  slowInputs = ['--character', character, '--clip', long]
})
afterAll(() => {
  rmSync(media, { recursive: true, force: true })
})

type Listed = { readonly id: string; readonly state: string; readonly result?: { readonly path: string } }

const listed = async (home: string) =>
  JSON.parse((await understudy(home, 'takes', 'list', '--json')).stdout) as readonly Listed[]

/** After a kill, following brings the take home, with one task; or it asks, and then there is no task to lose. */
async function expectNothingLost(home: string) {
  const followed = await understudy(home, 'takes', 'follow', '--all', '--json')
  const [take, ...others] = await listed(home)
  expect(others).toEqual([])
  const tasks = practiceTasks(home)
  if (take?.state === 'NEEDS_USER') {
    expect([followed.code, tasks]).toEqual([6, []])
    return
  }
  expect(followed.stderr).toMatch(/^(The take of \S+ from .* was not sent yet\. .* it is free\.\n)?$/)
  expect(followed.code).toBe(0)
  expect(take?.state).toBe('DONE')
  expect(tasks).toHaveLength(1)
  await ffmpeg('-xerror', '-i', String(take?.result?.path), '-f', 'null', '-')
}

describe('kill -9, then takes follow --all: nothing is lost and nothing paid twice', patient, () => {
  const states = ['PREPARING', 'READY', 'INTENT', 'WIRE', 'ACKED', 'DOWNLOADING', 'VERIFIED'] as const
  const anyOf = <T>(choices: readonly [T, ...T[]]) => choices[randomInt(choices.length)] ?? choices[0]
  const moments = [
    ...states.map((state) => [state, 0] as const),
    ...Array.from({ length: 3 }, () => [anyOf(states), randomInt(1, 400)] as const),
  ]

  it.concurrent.each(moments)('when killed in %s, %i ms later', async (state, later) => {
    const { home, out } = workplace(media)
    const running = start(home, 'generate', ...inputs, '--out', out, '--yes', '--json')
    await running.reaches(state)
    // Not waiting for anything: the moment itself is what is tried.
    await setTimeout(later)
    running.kill('SIGKILL')
    const { signal, code } = await running.ended
    // On a slow day the last states are over before the kill arrives.
    expect(['SIGKILL', 0]).toContain(signal ?? code)
    await expectNothingLost(home)
  })
})

describe('the same generate once more, after a kill -9 before anything was sent', patient, () => {
  it.concurrent('makes one task of both, and its result arrives', async () => {
    const { home, out } = workplace(media)
    const argv = ['generate', ...slowInputs, '--out', out, '--yes', '--json']
    const running = start(home, ...argv)
    await running.reaches('PREPARING')
    running.kill('SIGKILL')
    await running.ended
    const [interrupted] = await listed(home)
    const { code, stderr } = await understudy(home, ...argv)
    expect([code, stderr]).toEqual([0, expect.stringContaining('doesn’t make a second one')])
    expect(await listed(home)).toMatchObject([{ id: interrupted?.id, state: 'DONE' }])
    expect(practiceTasks(home)).toHaveLength(1)
    expect(filesIn(out)).toHaveLength(1)
  })

  it.concurrent('with another clip leaves the interrupted take alone, and says how to go on', async () => {
    const { home, out } = workplace(media)
    const running = start(home, 'generate', ...slowInputs, '--out', out, '--yes', '--json')
    await running.reaches('PREPARING')
    running.kill('SIGKILL')
    await running.ended
    const [interrupted] = await listed(home)
    const { code, stderr } = await understudy(home, 'generate', ...inputs, '--out', out, '--yes', '--json')
    expect(code).toBe(0)
    expect(stderr).toContain(`understudy takes give-up ${String(interrupted?.id)}`)
    expect(practiceTasks(home)).toHaveLength(1)
    const given = await understudy(home, 'takes', 'give-up', String(interrupted?.id), '--json')
    expect(JSON.parse(given.stdout)).toMatchObject({ state: 'ABANDONED' })
  })
})

describe('Ctrl-C', patient, () => {
  it.concurrent('before the submit cancels, sends nothing and leaves no process', async () => {
    const { home, out } = workplace(media)
    const running = start(home, 'generate', ...slowInputs, '--out', out, '--yes', '--json')
    await running.reaches('PREPARING')
    running.kill('SIGINT')
    const { code, lines, stderr } = await running.ended
    expect([code, stderr]).toEqual([130, 'Cancelled. Nothing was sent.\n'])
    expect(lines.at(-1)).toMatchObject({ event: 'done', take: { state: 'DRAFT' } })
    expect(practiceTasks(home)).toEqual([])
    expect(await understudy(home, 'takes', 'follow', '--all', '--json')).toMatchObject({
      code: 0,
      stdout: '',
    })
  })

  it.concurrent('after the submit says that the take goes on, and it does', async () => {
    const { home, out } = workplace(media)
    const running = start(home, 'generate', ...inputs, '--out', out, '--yes', '--json')
    await running.reaches('ACKED')
    running.kill('SIGINT')
    const { code, stderr } = await running.ended
    expect(code).toBe(130)
    expect(stderr).toContain('continues at the next start')
    await expectNothingLost(home)
  })
})

describe('the library', patient, () => {
  it('is held by one process at a time; the other one gets a sentence and exit 7', async () => {
    const { home, out } = workplace(media)
    const running = start(home, 'generate', ...slowInputs, '--out', out, '--yes', '--json')
    await running.reaches('PREPARING')
    const { code, stdout, stderr } = await understudy(home, 'takes', 'list', '--json')
    expect([code, stdout]).toEqual([7, ''])
    expect(stderr).toMatch(/^[^\n]+\.\n/)
    const check = await understudy(home, 'check', ...inputs, '--json')
    expect(check.code).toBe(0)
    running.kill('SIGINT')
    expect((await running.ended).code).toBe(130)
    expect((await understudy(home, 'takes', 'list')).code).toBe(0)
  })
})
