import { describe, expect, it } from 'vitest'
import { gatewayMeaning, gatewayNames } from '../../../../src/main/providers/kling/gateway-answers.ts'
import { wrappedIn } from '../../../../src/main/providers/kling/gateway-wrapped.ts'

/** What an error means that calls itself so. */
const named = (status: number, ...names: readonly string[]) =>
  gatewayMeaning(status, { code: names[0] ?? null, names, message: '' })
const failedWith = (message: string) =>
  gatewayMeaning(400, { code: 'task_failed', names: ['task_failed'], message })

const money = {
  kind: 'refused',
  code: 'account-money',
  message: 'The account at the gateway has no balance left.',
  advice: 'Top up the account at the gateway.',
}
const key = {
  kind: 'refused',
  code: 'account-key',
  message: 'The gateway didn’t accept the key.',
  advice: 'Check this account’s key.',
}
const rights = {
  kind: 'refused',
  code: 'account-rights',
  message: 'This key isn’t allowed to use the model at the gateway.',
  advice: 'Allow the model for this key at the gateway, or choose another model.',
}
const request = {
  kind: 'refused',
  code: 'provider-refused',
  message: 'The gateway says the request is invalid.',
  advice: 'Fix what it reports, or choose another model.',
}
const behind = {
  kind: 'refused',
  code: 'provider-refused',
  message: 'The provider behind the gateway refused the request.',
  advice: 'Fix what it reports, then submit again.',
}

describe('what a gateway refuses by itself', () => {
  it('is told by the names that are listed, beside any status of a client', () => {
    const listed = Object.entries({
      insufficient_user_quota: money,
      pre_consume_token_quota_failed: money,
      insufficient_quota: money,
      insufficient_balance: money,
      billing_hard_limit_reached: money,
      token_invalid: key,
      token_expired: key,
      invalid_api_key: key,
      access_denied: rights,
      invalid_api_platform: request,
      invalid_request: request,
      missing_model: request,
      model_mapping_failed: request,
      model_price_error: request,
    })
    expect(listed.map(([name]) => name)).toEqual(Object.keys(gatewayNames))
    for (const [name, meaning] of listed)
      for (const status of [200, 400, 401, 402, 403, 404, 413, 422, 429])
        expect(named(status, name)).toEqual(meaning)
  })

  it.each([400, 401, 402, 403, 404, 413, 422, 429])('is never told by HTTP %i alone', (status) => {
    expect(named(status)).toBeUndefined()
    expect(named(status, 'error', 'too_many_requests', 'rate_limit_exceeded')).toBeUndefined()
    expect(
      gatewayMeaning(status, { code: null, names: [], message: 'insufficient_quota, invalid token' }),
    ).toBeUndefined()
  })

  it.each(['new_api_error', 'one_api_error'])('is told by the doorkeeper “%s” and its status', (name) => {
    expect(named(401, name)).toEqual(key)
    expect(named(403, name)).toEqual(rights)
    expect(named(403, name, 'insufficient_user_quota')).toEqual(money)
    for (const status of [200, 400, 402, 404, 429, 500]) expect(named(status, name)).toBeUndefined()
  })

  it('proves nothing beside a failure of the server, or where the request may have been taken', () => {
    for (const status of [408, 409, 425, 500, 502, 503, 504, 520])
      expect(named(status, 'insufficient_quota')).toBeUndefined()
    for (const status of [500, 502, 503, 504, 520]) expect(named(status, '1201')).toBeUndefined()
  })

  it('is whatever Kling’s own code says', () => {
    expect(named(429, '1303')).toMatchObject({ kind: 'held' })
    expect(named(400, '1301')).toMatchObject({ kind: 'refused', code: 'provider-refused' })
    expect(named(400, '5000')).toMatchObject({ kind: 'unknown' })
    expect(named(400, '4242')).toBeUndefined()
  })

  it('is told by Kling’s words behind `task_failed`, unless they speak of a failure or of a task', () => {
    expect(failedWith('Image pixel is invalid')).toEqual(behind)
    expect(failedWith('parallel task over resource pack limit')).toEqual(behind)
    for (const words of [
      '',
      ' ',
      'Internal error',
      'Server is under maintenance',
      'request timed out',
      'Timeout',
      'service unavailable',
      'system busy',
      'please try again later',
      'empty generateUuid',
      'empty task_id',
      'External_task_id own-1 already exists',
    ])
      expect(failedWith(words)).toBeUndefined()
  })
})

describe('an answer that is handed on as text', () => {
  const official = JSON.stringify({ code: 1301, message: 'no {braces}', request_id: 'r' })

  it('is found in the message, the outermost first', () => {
    expect(wrappedIn(official)).toMatchObject([{ code: '1301', message: 'no {braces}', type: null }])
    const twice = JSON.stringify({ code: 'fail_to_fetch_task', message: official, data: null })
    expect(wrappedIn(twice).map(({ code }) => code)).toEqual(['fail_to_fetch_task', '1301'])
    expect(wrappedIn(`status 400, body: ${official} (request id: 7)`)).toMatchObject([{ code: '1301' }])
    const openAi = JSON.stringify({ error: { message: 'no', type: 'x', code: 'insufficient_quota' } })
    expect(wrappedIn(openAi)).toMatchObject([{ code: 'insufficient_quota', message: 'no', type: 'x' }])
  })

  it('is found only so deep', () => {
    const wrap = (message: string) => JSON.stringify({ code: 'fail_to_fetch_task', message })
    let text = official
    for (let depth = 0; depth < 9; depth += 1) text = wrap(text)
    expect(wrappedIn(text)).toHaveLength(4)
  })

  it.each(['', 'no', '{', '}{', '{}', '{"hello":1}', '[1]', '{"code":{}}', 'a {name} b'])(
    'is not seen in %j',
    (message) => {
      expect(wrappedIn(message)).toEqual([])
    },
  )
})
