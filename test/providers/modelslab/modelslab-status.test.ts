import { describe, expect, it } from 'vitest'
import { createModelsLab } from '../../../src/main/providers/modelslab/modelslab.ts'
import { modelsLabError, modelsLabServer } from '../../support/servers/contracts/modelslab.ts'
import { reply, type Play } from '../../support/servers/contracts/strict.ts'
import {
  adapterParts,
  canary,
  expectClean,
  kept,
  resultUrl,
  theirWords,
  playedStatus,
} from '../adapter-kit.ts'

const fetchRoute = 'POST /api/v7/video-fusion/fetch/:id'

async function modelsLabAt() {
  const server = kept(await modelsLabServer({ key: canary, resultUrl }))
  return { server, provider: createModelsLab(adapterParts(server.origin)) }
}

const statusFor = async (...plays: readonly Play[]) =>
  playedStatus(await modelsLabAt(), fetchRoute, '124000000', plays)

describe('the status of a task at ModelsLab', () => {
  it.each(['processing', 'queued'])('takes “%s” as still running', async (status) => {
    expect(await statusFor(reply(200, { status, eta: '12' }))).toMatchObject({ kind: 'running', eta: 12 })
    expect(await statusFor(reply(200, { status }))).toMatchObject({ kind: 'running', eta: null })
  })

  it('calls success without a file empty, whatever links it promises', async () => {
    const early = { status: 'success', output: [], future_links: [resultUrl], proxy_links: [resultUrl] }
    expect(await statusFor(reply(200, early))).toMatchObject({ kind: 'empty' })
  })

  it.each(['failed', 'error', 'Failed'])('shows the reason behind “%s” as text', async (status) => {
    expect(await statusFor(reply(200, { status, message: theirWords }))).toEqual({
      kind: 'failed',
      cost: null,
      problem: {
        code: 'provider-failed',
        message: 'The provider couldn’t make this take.',
        advice: 'Change the input and make a new take.',
        detail: theirWords,
      },
    })
  })

  it.each(['Invalid API key', 'Insufficient credits.', 'Rate limit exceeded.'])(
    'takes “%s” as a matter of the account: the paid task goes on',
    async (words) => {
      expect((await statusFor(modelsLabError(200, words))).kind).toBe('silent')
    },
  )

  it('hands on how long to wait', async () => {
    const status = await statusFor(modelsLabError(429, 'x', { retry_after: 30 }))
    expect(status).toMatchObject({ kind: 'silent', retryAfter: 30_000 })
  })

  it('tells a task the provider does not know from one that failed', async () => {
    const { server, provider } = await modelsLabAt()
    expect((await provider.status('no/such')).kind).toBe('missing')
    expectClean(server)
  })
})
