import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { newAccount } from '../../src/shared/domain/account.ts'
import { filesIn } from '../support/processes/command-line.ts'
import { gatewayContract } from '../support/servers/contracts/gateway.ts'
import { highwayServer } from '../support/servers/contracts/highway.ts'
import { klingContract } from '../support/servers/contracts/kling.ts'
import { klingTwoContract } from '../support/servers/contracts/kling-two.ts'
import { modelsLabServer } from '../support/servers/contracts/modelslab.ts'
import { oxenServer } from '../support/servers/contracts/oxen.ts'
import type { Contract } from '../support/servers/contracts/strict.ts'
import { patient, remoteStage } from '../support/servers/remote-stage.ts'

const canary = 'canary-key-7f3a9c51-tail'
const secretCanary = 'canary-secret-20b5e7d4-tail'
const stage = remoteStage()

type Service = {
  readonly provider: string
  readonly env: Readonly<Record<string, string>>
  readonly open: (resultUrl: string) => Promise<Contract>
  readonly flags?: readonly string[]
  /** Settings the user made in the window. */
  readonly settings?: object
}

const key = canary
const services: readonly (readonly [string, Service])[] = [
  [
    'Kling with an API key',
    {
      provider: 'kling',
      env: { UNDERSTUDY_KLING_KEY: key },
      open: () => klingContract({ key }, { result: stage.result }),
      flags: ['--model', 'kling-v3', '--orientation', 'video', '--element', '829836802793406551'],
    },
  ],
  [
    'Kling with a pair of keys',
    {
      provider: 'kling',
      env: { UNDERSTUDY_KLING_ACCESS_KEY: canary, UNDERSTUDY_KLING_SECRET_KEY: secretCanary },
      open: () =>
        klingContract(
          { accessKey: canary, secretKey: secretCanary, now: () => Date.now() },
          { result: stage.result },
        ),
      flags: ['--watermark', '--callback-url', 'https://example.com/done', '--sound', 'no'],
    },
  ],
  [
    'the newer generation of Kling',
    {
      provider: 'kling',
      env: { UNDERSTUDY_KLING_KEY: key },
      open: () => klingTwoContract(key, { result: stage.result }),
      flags: ['--model', 'kling-v3', '--mode', 'pro'],
      settings: { accounts: [{ ...newAccount('kling', 'Kling'), id: 'env-kling', generation: '2' }] },
    },
  ],
  [
    'a gateway',
    {
      provider: 'kling-gateway',
      env: { UNDERSTUDY_KLING_GATEWAY_KEY: key },
      open: () => gatewayContract(key, 'official', { result: stage.result }),
    },
  ],
  [
    'Oxen',
    {
      provider: 'oxen',
      env: { UNDERSTUDY_OXEN_KEY: key },
      open: (resultUrl) => oxenServer({ key, resultUrl }),
      flags: ['--prompt', 'a dance on a beach'],
    },
  ],
  [
    'ModelsLab',
    {
      provider: 'modelslab',
      env: { UNDERSTUDY_MODELSLAB_KEY: key },
      open: (resultUrl) => modelsLabServer({ key, resultUrl }),
    },
  ],
  [
    'Highway',
    {
      provider: 'highway',
      env: { UNDERSTUDY_HIGHWAY_KEY: key },
      open: (resultUrl) => highwayServer({ key, resultUrl }),
      flags: ['--negative-prompt', 'rain', '--mode', 'pro'],
    },
  ],
]

describe('generate brings a result home from every service, spoken to exactly as documented', patient, () => {
  it.each(services)('%s', async (_what, { provider, env, open, flags = [], settings }) => {
    const contract = await open(stage.results.put(`${provider}.mp4`, stage.result))
    try {
      const own = { ...env, UNDERSTUDY_LOG: '1' }
      const ended = await stage.generate({ provider, origin: contract.origin, env: own, flags, settings })
      expect(contract.violations).toEqual([])
      expect(ended.code).toBe(0)
      expect(ended.last).toBe('DONE')
      expect(filesIn(ended.out)).toHaveLength(1)
      expect(stage.results.violations).toEqual([])
      const said = ended.stdout + ended.stderr
      for (const secret of [canary, secretCanary]) {
        expect(said).not.toContain(secret)
        for (const file of filesIn(ended.root))
          expect(readFileSync(join(ended.root, file)).includes(secret)).toBe(false)
      }
      if (flags.includes('--element')) {
        const submit = contract.calls.find(({ method }) => method === 'POST')
        expect(submit?.raw).toContain('"element_list":[{"element_id":829836802793406551}]')
      }
    } finally {
      await contract.close()
    }
  })
})
