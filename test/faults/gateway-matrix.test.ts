import { describe, expect, it } from 'vitest'
import type { TakeState } from '../../src/shared/domain/take.ts'
import { gatewayContract } from '../support/servers/contracts/gateway.ts'
import { reply } from '../support/servers/contracts/strict.ts'
import { gatewayStage, key } from './gateway-stage.ts'

const stage = gatewayStage()
const statuses = [
  200, 202, 301, 302, 400, 401, 402, 403, 404, 408, 409, 413, 422, 425, 429, 500, 502, 503, 504, 520,
] as const
const bodies = {
  nothing: '',
  words: 'Too many requests: your task was not accepted, your quota is used up, your key is invalid',
  page: '<html><title>Attention required</title></html>',
  odd: {
    error: { message: 'Rate limit: no quota, invalid token', type: 'upstream_error', code: 'bad_response' },
  },
  refused: { code: 1201, message: 'video_url is invalid', request_id: 'r-1' },
  'handed on': { code: 'fail_to_fetch_task', message: '{"code":1301,"message":"unsafe"}', data: null },
  held: { code: 1303, message: 'parallel task over resource pack limit', request_id: 'r-1' },
} as const
type Body = keyof typeof bodies
const refusing: readonly Body[] = ['refused', 'handed on']

type Cell = { readonly status: number; readonly body: Body; readonly made: boolean }
const nameOf = ({ status, body, made }: Cell) => `${String(status)}, ${body}, ${made ? 'made' : 'not made'}`

const allCells = (): readonly Cell[] =>
  statuses.flatMap((status) =>
    (Object.keys(bodies) as Body[]).flatMap((body) => [true, false].map((made) => ({ status, body, made }))),
  )

/** What a listed code of Kling's says counts beside every status that is no failure of the server. */
const isBelieved = ({ status, body }: Cell) => status < 500 && (refusing.includes(body) || body === 'held')

/** How a take must end, and how often its request may leave. */
function mustBe(cell: Cell, findsOwnIds: boolean): { readonly state: TakeState; readonly posts: number } {
  if (cell.made) return { state: findsOwnIds ? 'ACKED' : 'NEEDS_USER', posts: 1 }
  if (!isBelieved(cell)) return { state: 'NEEDS_USER', posts: 1 }
  return cell.body === 'held' ? { state: 'ACKED', posts: 2 } : { state: 'REJECTED', posts: 1 }
}

describe('every answer of a gateway to a submit, with and without a task behind it', () => {
  it.each([
    ['that finds tasks by our own id', true],
    ['that knows its own ids only', false],
  ] as const)('at a gateway %s: nothing is paid twice, and nothing is lost', async (_which, findsOwnIds) => {
    // Where nothing can be looked up, a listed code is the only witness there is: a gateway that lies in it is believed.
    const cells = allCells().filter((cell) => findsOwnIds || !cell.made || !isBelieved(cell))
    const byName = new Map(cells.map((cell) => [nameOf(cell), cell]))
    const posts = new Map<string, number>()
    const server = stage.kept(
      await gatewayContract(key, 'official', {
        findsOwnIds,
        instead: (prompt) => {
          const cell = byName.get(prompt)
          posts.set(prompt, (posts.get(prompt) ?? 0) + 1)
          if (cell === undefined || posts.get(prompt) !== 1) return null
          return {
            made: cell.made,
            answer: reply(cell.status, bodies[cell.body], { location: '/elsewhere' }),
          }
        },
      }),
    )
    const send = await stage.sender(server.origin)
    // The gateway has shown what it can find before the first answer is lost.
    expect((await send('a first take')).state).toBe('ACKED')
    const wrong: Record<'twice' | 'lost' | 'otherwise', string[]> = { twice: [], lost: [], otherwise: [] }
    for (const [name, cell] of byName) {
      const { state, taskId } = await send(name)
      const tasks = server.tasks.filter(({ ownId }) => ownId === `own ${name}`)
      const must = mustBe(cell, findsOwnIds)
      const told = `${name}: ${state} after ${String(posts.get(name))} posts`
      if (tasks.length > 1) wrong.twice.push(told)
      if (tasks.length > 0 && state !== 'NEEDS_USER' && taskId !== tasks[0]?.id) wrong.lost.push(told)
      if (state !== must.state || posts.get(name) !== must.posts) wrong.otherwise.push(told)
    }
    expect({ ...wrong, violations: server.violations }).toEqual({
      twice: [],
      lost: [],
      otherwise: [],
      violations: [],
    })
    expect(byName.size).toBe(findsOwnIds ? 280 : 235)
  })
})
