import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { makeClip } from '../support/clips/clips.ts'
import { startWith, understudy, understudyWith, workplace } from '../support/processes/command-line.ts'
import { klingContract } from '../support/servers/contracts/kling.ts'
import { patient, remoteStage } from '../support/servers/remote-stage.ts'

const key = 'a-key-of-nobody'
const env = { UNDERSTUDY_KLING_KEY: key }
const stage = remoteStage()
/** Takes seconds to prepare, so that there is time to interrupt. */
let slowClip = ''
beforeAll(async () => {
  slowClip = await makeClip(stage.folder, 'long.mp4', {
    ...{ width: 1280, height: 720, seconds: 9, busy: true },
  })
})

async function paidPlace() {
  const contract = await klingContract({ key }, { result: stage.result })
  const place = workplace(stage.folder)
  mkdirSync(place.home, { recursive: true })
  const submits = () => contract.calls.filter(({ method }) => method === 'POST').length
  const argv = (clip: string) => [
    ...['generate', '--provider', 'kling', '--base-url', contract.origin],
    ...['--character', stage.character, '--clip', clip, '--out', place.out, '--yes', '--json'],
  ]
  return { ...place, contract, submits, argv }
}

type Listed = { readonly id: string; readonly state: string }
const listed = async (home: string) =>
  JSON.parse((await understudy(home, 'takes', 'list', '--json')).stdout) as readonly Listed[]

describe('a paid generate that was killed while it prepared', patient, () => {
  it('and the same once more are one payment and one result in its folder', async () => {
    const { home, out, contract, submits, argv } = await paidPlace()
    try {
      const running = startWith(env, home, ...argv(slowClip))
      await running.reaches('PREPARING')
      running.kill('SIGKILL')
      await running.ended
      const again = await understudyWith(env, home, ...argv(slowClip))
      expect([again.code, again.stderr]).toEqual([0, expect.stringContaining('doesn’t make a second one')])
      expect(submits()).toBe(1)
      expect(await listed(home)).toMatchObject([{ state: 'DONE' }])
      expect(readdirSync(out)).toHaveLength(1)
      expect(contract.violations).toEqual([])
    } finally {
      await contract.close()
    }
  })

  it('is not paid for by a free practice take', async () => {
    const { home, out, contract, submits, argv } = await paidPlace()
    try {
      const running = startWith(env, home, ...argv(slowClip))
      await running.reaches('PREPARING')
      running.kill('SIGKILL')
      await running.ended
      const files = ['--character', stage.character, '--clip', stage.clip, '--out', out]
      const free = await understudyWith(env, home, 'generate', ...files, '--json')
      expect([free.code, free.stderr]).toEqual([0, expect.stringContaining('takes give-up')])
      expect(submits()).toBe(0)
    } finally {
      await contract.close()
    }
  })
})

describe('settings that are damaged', patient, () => {
  it('stop a paid take with exit 3, until the user passes limits that nobody knows any more', async () => {
    const { home, contract, submits, argv } = await paidPlace()
    try {
      writeFileSync(join(home, 'settings.json'), '{"guards":{"perTake":0.01,"perDay"')
      const stopped = await understudyWith(env, home, ...argv(stage.clip))
      expect(stopped.code).toBe(3)
      expect(stopped.stderr).toMatch(/kept as settings\.json\.damaged-[\s\S]*--pass-guard/)
      expect((await understudyWith(env, home, ...argv(stage.clip))).code).toBe(3)
      expect(submits()).toBe(0)
      const passed = await understudyWith(env, home, ...argv(stage.clip), '--pass-guard')
      expect([passed.code, submits()]).toEqual([0, 1])
    } finally {
      await contract.close()
    }
  })
})

describe('a result whose file is gone', patient, () => {
  it('is said to be gone, and comes back by following its take, also into another folder', async () => {
    const { home, root, contract, submits, argv } = await paidPlace()
    try {
      expect((await understudyWith(env, home, ...argv(stage.clip))).code).toBe(0)
      const [take] = await listed(home)
      const id = String(take?.id)
      const result = join(home, 'library', id, 'result.mp4')
      rmSync(result)
      const shown = await understudy(home, 'takes', 'show', id.slice(-6), '--json')
      expect(JSON.parse(shown.stdout)).toMatchObject({
        state: 'DONE',
        resultProblem: { code: 'file-missing' },
      })
      expect(await listed(home)).toMatchObject([{ resultProblem: { code: 'file-missing' } }])
      const followed = await understudyWith(env, home, 'takes', 'follow', id, '--json')
      expect([followed.code, followed.lines.at(-1)]).toMatchObject([0, { take: { state: 'DONE' } }])
      expect((await listed(home))[0]).not.toHaveProperty('resultProblem')
      rmSync(result)
      const stick = join(root, 'stick')
      mkdirSync(stick)
      const saved = await understudyWith(env, home, 'takes', 'save-elsewhere', id, '--out', stick)
      expect([saved.code, saved.stdout]).toEqual([0, expect.stringContaining(stick)])
      expect(readdirSync(stick)).toEqual([`understudy-${id}.mp4`])
      expect(submits()).toBe(1)
    } finally {
      await contract.close()
    }
  })
})
