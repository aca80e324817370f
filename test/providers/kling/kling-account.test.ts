import { afterEach, describe, expect, it } from 'vitest'
import { bearer } from '../../../src/main/providers/http/authorization.ts'
import { createKling } from '../../../src/main/providers/kling/official.ts'
import { klingContract } from '../../support/servers/contracts/kling.ts'
import { canary, openThings, partsFor } from './kling-support.ts'

const { keep, closeAll } = openThings()
afterEach(closeAll)

const day = 24 * 60 * 60 * 1000

async function account() {
  const server = keep(await klingContract({ key: canary }))
  const provider = createKling({ ...partsFor(server.origin), id: 'kling', authorization: bearer(canary) })
  return { server, provider }
}

describe('the free test of an account', () => {
  it('asks for 400 days, because packs are listed by the day they were bought', async () => {
    const { server, provider } = await account()
    await provider.test()
    const [call] = server.calls
    expect(Number(call?.query.end_time) - Number(call?.query.start_time)).toBe(400 * day)
    expect(server.violations).toEqual([])
  })

  it('names what is left of each pack in the provider’s words, and says how old that can be', async () => {
    const { server, provider } = await account()
    server.packs.push(
      {
        resource_pack_name: 'Video <b>trial</b>',
        resource_pack_id: '829836802793406551',
        resource_pack_type: 'decreasing_total',
        total_quantity: 200.0,
        remaining_quantity: 118.5,
        purchase_time: 1726124664368,
        effective_time: 1726124664368,
        invalid_time: 1727366400000,
        status: 'online',
      },
      { resource_pack_name: 'old', total_quantity: '10', remaining_quantity: '0', status: 'runOut' },
      { resource_pack_name: 'odd', total_quantity: 'many', invalid_time: 9e15, status: 'toBeOnline' },
      'not a pack',
    )
    expect(await provider.test()).toEqual({
      verdict: 'works',
      message: 'The key works. The pack balance can be up to 12 hours old.',
      packs: [
        {
          name: 'Video <b>trial</b>',
          total: 200,
          remaining: 118.5,
          expires: '2024-09-26T16:00:00.000Z',
          status: 'online',
        },
        { name: 'old', total: 10, remaining: 0, expires: null, status: 'runOut' },
        { name: 'odd', total: null, remaining: null, expires: null, status: 'toBeOnline' },
      ],
    })
  })

  it('says so when the account has no pack', async () => {
    const { provider } = await account()
    expect(await provider.test()).toEqual({
      verdict: 'works',
      message: 'The key works. The provider lists no resource pack bought in the last 400 days.',
      packs: [],
    })
  })

  it('leaves the key undecided when no readable answer comes', async () => {
    const { server, provider } = await account()
    server.play('GET /account/costs', 'reset', { status: 502, body: '<html>bad gateway</html>' })
    server.play('GET /account/costs', { status: 400, body: { code: 4242, message: 'what?' } })
    expect([await provider.test(), await provider.test(), await provider.test()]).toEqual([
      {
        verdict: 'undecided',
        message: 'The provider couldn’t be reached, so the key wasn’t tested.',
        packs: [],
      },
      {
        verdict: 'undecided',
        message: 'The provider gave no readable answer (HTTP 502), so the key wasn’t tested.',
        packs: [],
      },
      {
        verdict: 'undecided',
        message: 'The provider answered with code 4242, which says nothing about the key.',
        packs: [],
      },
    ])
  })
})
