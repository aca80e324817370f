import { afterEach, describe, expect, it } from 'vitest'
import { bearer } from '../../src/main/providers/http/authorization.ts'
import { createHighway } from '../../src/main/providers/highway/highway.ts'
import { createKlingGateway } from '../../src/main/providers/kling/gateway.ts'
import { createKlingTwo } from '../../src/main/providers/kling/official-2.ts'
import { createKling } from '../../src/main/providers/kling/official.ts'
import { createModelsLab } from '../../src/main/providers/modelslab/modelslab.ts'
import { createOxen } from '../../src/main/providers/oxen/oxen.ts'
import { json, scriptedServer } from '../support/servers/scripted-server.ts'
import { adapterParts, canary, quiet } from './adapter-kit.ts'
import { aRequest, openThings } from './kling/kling-support.ts'

const { keep, closeAll } = openThings()
afterEach(closeAll)

const long = 3_900_000
/** Words that a search for the refusal of an own id begins to match over and over. */
const flood = 'external_task_id'.repeat(long / 16)

type Parts = ReturnType<typeof adapterParts>
const authorization = bearer(canary)
const adapters = {
  kling: (parts: Parts) => createKling({ ...parts, id: 'kling', authorization }),
  'kling-two': (parts: Parts) => createKlingTwo({ ...parts, authorization }),
  'kling-gateway': (parts: Parts) => createKlingGateway({ ...parts, pollPath: null }),
  oxen: (parts: Parts) => createOxen({ ...parts, repository: null }),
  modelslab: (parts: Parts) => createModelsLab(parts),
  highway: (parts: Parts) => createHighway(parts),
}
type Name = keyof typeof adapters

async function providerThatIsTold(name: Name, status: number, body: object) {
  const server = keep(
    await scriptedServer((_seen, response) => {
      json(response, status, body)
    }),
  )
  return adapters[name](adapterParts(server.origin))
}

const submitAnswer = async (name: Name, status: number, body: object) => {
  const provider = await providerThatIsTold(name, status, body)
  const characterUrl = 'https://example.com/character.jpg'
  return provider.submit({ ...aRequest('https://example.com/clip.mp4'), characterUrl }, quiet)
}

describe('an answer that goes on for megabytes', () => {
  const refusals: readonly (readonly [Name, number, object])[] = [
    ['kling', 400, { code: 1301, message: flood }],
    ['kling-two', 400, { code: 1301, message: flood }],
    ['kling-gateway', 400, { code: 1301, message: flood }],
    ['kling-gateway', 402, { error: { message: flood, type: 'x', code: 'insufficient_quota' } }],
    ['oxen', 400, { error: { type: 'invalid_params', detail: flood } }],
    ['oxen', 400, { error: `Insufficient credits ${flood}` }],
    ['highway', 403, { reason: 'ACCESS_DENY', message: flood }],
    ['highway', 403, { reason: 'ACCESS_DENY', error: flood }],
  ]
  it.each(refusals)(
    'is shown cut to what a person reads when %s refuses with %i',
    async (name, status, body) => {
      const answer = await submitAnswer(name, status, body)
      expect(answer.kind).toBe('refused')
      const detail = answer.kind === 'refused' ? answer.problem.detail : undefined
      expect(detail?.length).toBeGreaterThan(1900)
      expect(detail?.length).toBeLessThanOrEqual(2100)
    },
  )

  const doubts: readonly (readonly [Name, number, object])[] = [
    ['kling', 400, { code: 4242, message: flood }],
    ['kling', 400, { code: flood, message: flood }],
    ['kling-two', 400, { code: 4242, message: flood }],
    ['kling-gateway', 400, { code: 4242, message: flood }],
    ['kling-gateway', 400, { error: { message: flood, type: flood, code: flood } }],
    ['kling-gateway', 402, { error: { message: flood, type: 'x', code: '' } }],
    ['kling-gateway', 402, { error: flood }],
    ['oxen', 400, { error: { type: flood, detail: flood } }],
    ['modelslab', 402, { status: 'error', message: flood }],
    ['modelslab', 500, { status: 'error', message: flood }],
    ['modelslab', 200, { status: flood }],
    ['highway', 403, { reason: flood, message: flood }],
  ]
  it.each(doubts)(
    'leaves the outcome unknown when %s says %i with nothing listed',
    async (name, status, body) => {
      const answer = await submitAnswer(name, status, body)
      expect(answer.kind).toBe('unknown')
      expect(JSON.stringify(answer).length).toBeLessThanOrEqual(4300)
    },
  )

  const task = { task_id: 'task-1' }
  const states: readonly (readonly [Name, object])[] = [
    ['kling', { code: 0, data: { ...task, task_status: 'failed', task_status_msg: flood } }],
    ['kling', { code: 0, data: { ...task, task_status: flood } }],
    ['kling-two', { code: 0, data: [{ id: 'task-1', status: 'failed', message: flood }] }],
    ['kling-gateway', { code: 0, data: { ...task, task_status: 'failed', fail_reason: flood } }],
    ['oxen', { generation_id: 'task-1', status: 'failed', error_message: flood }],
    ['oxen', { generation_id: 'task-1', status: flood }],
    ['modelslab', { status: 'failed', message: flood }],
    ['modelslab', { status: flood }],
    ['highway', { task: { ...task, status: 'failed', reason: flood } }],
    ['highway', { task: { ...task, status: flood } }],
  ]
  it.each(states)('is cut in the status of a task at %s too', async (name, body) => {
    const provider = await providerThatIsTold(name, 200, body)
    const status = await provider.status('task-1')
    expect(['failed', 'unclear']).toContain(status.kind)
    expect(JSON.stringify(status).length).toBeLessThanOrEqual(2300)
  })
})

it('keeps a link whole, however long a signed one is', async () => {
  const url = `https://cdn.example/v.mp4?signature=${'a'.repeat(4000)}`
  const body = { code: 0, data: { task_id: 'task-1', task_status: 'succeed', url } }
  const provider = await providerThatIsTold('kling-gateway', 200, body)
  expect(await provider.status('task-1')).toMatchObject({ kind: 'succeeded', url })
})
