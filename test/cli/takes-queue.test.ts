import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeClip } from '../support/clips/clips.ts'
import { jpeg } from '../support/clips/pictures.ts'
import {
  buildCommandLine,
  practiceTasks,
  start,
  understudy,
  workplace,
} from '../support/processes/command-line.ts'

/** Far beyond what any of this takes; a machine under load must not decide a test. */
const patient = { timeout: 300_000 }

const media = mkdtempSync(join(tmpdir(), 'understudy-queue-'))
let inputs: readonly string[] = []
beforeAll(async () => {
  await buildCommandLine()
  const character = await jpeg(media, { width: 360, height: 480 })
  // Takes seconds to prepare, so that there is time to interrupt.
  const clip = await makeClip(media, 'long.mp4', { width: 1280, height: 720, seconds: 9, busy: true })
  inputs = ['--character', character, '--clip', clip]
}, patient.timeout)
afterAll(() => {
  rmSync(media, { recursive: true, force: true })
})

type Listed = { readonly paused: boolean; readonly takes: readonly { readonly id: string }[] }

it(
  'takes that were not sent are listed, moved, paused and cancelled by commands, and sent by none of them',
  patient,
  async () => {
    const { home, out } = workplace(media)
    const generate = ['generate', ...inputs, '--out', out, '--yes', '--json']
    // The second one sees that the first is the same, so it asks for something else.
    for (const prompt of ['one', 'two']) {
      const running = start(home, ...generate, '--prompt', prompt)
      await running.reaches('PREPARING')
      running.kill('SIGKILL')
      await running.ended
    }
    const queue = async (...argv: string[]) => {
      const said = await understudy(home, 'takes', 'queue', ...argv, '--json')
      expect([argv, said.code]).toEqual([argv, 0])
      return JSON.parse(said.stdout) as Listed
    }
    const ids = ({ takes }: Listed) => takes.map(({ id }) => id)
    const [one = '', two = ''] = ids(await queue('list'))
    expect(ids(await queue('move', two, '--first'))).toEqual([two, one])
    expect(await queue('pause')).toMatchObject({ paused: true })
    expect(ids(await queue('list'))).toEqual([two, one])

    const refused = await understudy(home, ...generate, '--prompt', 'three')
    expect(refused.code).toBe(2)
    expect(refused.stderr).toContain('understudy takes queue resume')
    const followed = await understudy(home, 'takes', 'follow', '--all')
    expect(followed.stderr).toContain('2 takes are not sent')
    expect(practiceTasks(home)).toEqual([])

    expect(ids(await queue('cancel', two))).toEqual([one])
    expect(await queue('resume')).toMatchObject({ paused: false })
    expect((await understudy(home, 'takes', 'follow', '--all')).code).toBe(0)
    expect(practiceTasks(home)).toHaveLength(1)
    expect(ids(await queue('list'))).toEqual([])
  },
)
