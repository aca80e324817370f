import { afterEach, describe, expect, it } from 'vitest'
import { json, scriptedServer } from '../support/servers/scripted-server.ts'
import { quiet } from './adapter-kit.ts'
import { adapters, type AdapterName } from './adapters.ts'
import { aRequest, openThings } from './kling/kling-support.ts'

const { keep, closeAll } = openThings()
afterEach(closeAll)

const long = 3_900_000
/** Words that a search for the refusal of an own id begins to match over and over. */
const flood = 'external_task_id'.repeat(long / 16)

async function providerThatIsTold(name: AdapterName, status: number, body: object) {
  const server = keep(
    await scriptedServer((_seen, response) => {
      json(response, status, body)
    }),
  )
  return adapters[name].make(server.origin)
}

const submitAnswer = async (name: AdapterName, status: number, body: object) => {
  const provider = await providerThatIsTold(name, status, body)
  const characterUrl = 'https://example.com/character.jpg'
  return provider.submit({ ...aRequest('https://example.com/clip.mp4'), characterUrl }, quiet)
}

describe('an answer that goes on for megabytes', () => {
  const refusals: readonly (readonly [AdapterName, number, object])[] = [
    ['kling', 400, { code: 1301, message: flood }],
    ['kling, newer', 400, { code: 1301, message: flood }],
    ['gateway', 400, { code: 1301, message: flood }],
    ['gateway', 402, { error: { message: flood, type: 'x', code: 'insufficient_quota' } }],
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

  const doubts: readonly (readonly [AdapterName, number, object])[] = [
    ['kling', 400, { code: 4242, message: flood }],
    ['kling', 400, { code: flood, message: flood }],
    ['kling, newer', 400, { code: 4242, message: flood }],
    ['gateway', 400, { code: 4242, message: flood }],
    ['gateway', 400, { error: { message: flood, type: flood, code: flood } }],
    ['gateway', 402, { error: { message: flood, type: 'x', code: '' } }],
    ['gateway', 402, { error: flood }],
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
  const states: readonly (readonly [AdapterName, object])[] = [
    ['kling', { code: 0, data: { ...task, task_status: 'failed', task_status_msg: flood } }],
    ['kling', { code: 0, data: { ...task, task_status: flood } }],
    ['kling, newer', { code: 0, data: [{ id: 'task-1', status: 'failed', message: flood }] }],
    ['gateway', { code: 0, data: { ...task, task_status: 'failed', fail_reason: flood } }],
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
  const provider = await providerThatIsTold('gateway', 200, body)
  expect(await provider.status('task-1')).toMatchObject({ kind: 'succeeded', url })
})
