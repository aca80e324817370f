import { describe, expect, it } from 'vitest'
import {
  gatewayRefusals,
  ownRefusal,
  stillTooFast,
  tooFast,
  waits,
} from '../../../src/main/providers/kling-gateway-errors.ts'

const [money, key, rights] = gatewayRefusals
/** What a gateway says in words only. */
const says = (status: number, words: string) => ownRefusal(status, { words, names: '', openAiStyle: false })
/** What it says as OpenAI does, with the type or code of the error in a field of its own. */
const named = (status: number, names: string, words = '') =>
  ownRefusal(status, { words, names, openAiStyle: true })

describe('what a gateway refuses by itself', () => {
  it('is about money, keys and rights, in words a person can act on', () => {
    expect(gatewayRefusals.map(({ words: _words, ...row }) => row)).toEqual([
      {
        status: 402,
        code: 'account-money',
        message: 'The account at the gateway has no money left.',
        advice: 'Top up the account at the gateway.',
      },
      {
        status: 401,
        code: 'account-key',
        message: 'The gateway did not accept the key.',
        advice: 'Check the key of this account.',
      },
      {
        status: 403,
        code: 'account-rights',
        message: 'This key may not use the model at the gateway.',
        advice: 'Allow the model for this key at the gateway, or choose another one.',
      },
    ])
    expect(tooFast).toEqual({
      code: 'provider-silent',
      message: 'The gateway asks for fewer requests.',
      advice: 'Understudy waits and sends it once more.',
    })
    expect(stillTooFast).toEqual({
      code: 'provider-refused',
      message: 'The gateway keeps asking for fewer requests and did not take this one.',
      advice: 'Submit it again later, or let fewer takes of this account run at a time.',
    })
    expect(waits).toEqual([2000, 4000, 8000, 16_000])
  })

  it('is told by the status where nothing else is said', () => {
    expect(says(402, 'no')).toBe(money)
    expect(says(401, 'no')).toBe(key)
    expect(says(403, 'no')).toBe(rights)
  })

  it.each(['quota used up', 'no CREDIT', 'your balance', 'insufficient funds', 'Insufficient fund'])(
    'is about money beside any status that may mean it: %s',
    (words) => {
      for (const status of [401, 402, 403]) expect(says(status, words)).toBe(money)
    },
  )

  it.each([
    'token_invalid',
    'token_expired',
    'invalid token',
    'invalid_token',
    'Invalid API key',
    'invalid api_key',
    'your token has expired',
    'the key (sk-…) was expired',
    'expired token',
    'an expired key',
  ])('is about the key beside any status that may mean it: %s', (words) => {
    for (const status of [401, 402, 403]) expect(says(status, words)).toBe(key)
  })

  it.each([
    'no token here',
    'the key is fine',
    `token ${'x'.repeat(40)} expired`,
    'expired',
    'monkeys expired',
  ])('is not about the key only because a word of it is there: %s', (words) => {
    expect(says(403, words)).toBe(rights)
  })

  it('counts words beside other statuses only as the type or code of an error', () => {
    expect(says(400, 'quota')).toBeUndefined()
    expect(named(400, '', 'quota')).toBeUndefined()
    expect(named(400, 'insufficient_quota: quota')).toBe(money)
    expect(named(400, 'invalid_api_key')).toBe(key)
    expect(named(400, 'bad_request')).toBeUndefined()
    expect(named(403, 'other', 'quota')).toBe(money)
  })

  it('proves nothing beside a failure of the server, or where the request may have been taken', () => {
    for (const status of [408, 409, 425, 500, 503])
      expect(named(status, 'insufficient_quota')).toBeUndefined()
    for (const status of [407, 410, 424, 426, 499]) expect(named(status, 'insufficient_quota')).toBe(money)
  })
})

describe('a gateway that only asks for patience', () => {
  it.each(['too many requests', 'Too-Many-Requests', 'too_many_requests'])(
    'says so beside any status: %s',
    (words) => {
      for (const status of [400, 401, 402, 403, 429]) expect(named(status, '', words)).toBe('slow')
      expect(says(402, words)).toBe('slow')
      expect(says(400, words)).toBeUndefined()
    },
  )

  it.each(['rate limit', 'rate_limit', 'RateLimit', 'rate-limit'])(
    'speaks of a rate, which comes before money: %s',
    (words) => {
      expect(says(402, `${words} quota`)).toBe('slow')
      expect(named(429, '', words)).toBe('slow')
      expect(named(400, words)).toBe('slow')
      expect(named(400, '', words)).toBeUndefined()
    },
  )

  it.each(['too many frames', '3 per second', '5 per minute', 'concurrency', 'Concurrent tasks'])(
    'means speed by these words only beside 429: %s',
    (words) => {
      expect(named(429, '', words)).toBe('slow')
      expect(named(400, words, words)).toBeUndefined()
      expect(says(403, words)).toBe(rights)
    },
  )

  it('is refused beside 429 where the words are of money or keys', () => {
    expect(named(429, '', 'quota')).toBe(money)
    expect(named(429, '', 'invalid api key')).toBe(key)
    expect(named(429, '', 'no')).toBeUndefined()
    expect(says(429, 'quota')).toBeUndefined()
  })
})
