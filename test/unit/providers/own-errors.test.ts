import { describe, expect, it } from 'vitest'
import { highwayVerdict, readHighwayError } from '../../../src/main/providers/highway/errors.ts'
import { isClockCode, meaningOf, problemOf } from '../../../src/main/providers/kling/answers.ts'
import { klingCodes } from '../../../src/main/providers/kling/problems.ts'
import {
  oxenCancelled,
  oxenFailure,
  oxenVerdict,
  readOxenError,
} from '../../../src/main/providers/oxen/answers.ts'

const waits = 'Understudy waits, then sends it again.'
const key = {
  kind: 'refused',
  code: 'account-key',
  message: 'The provider didn’t accept the key.',
  advice: 'Check this account’s key.',
}
const noModel = {
  kind: 'refused',
  code: 'provider-refused',
  message: 'The provider doesn’t have this model.',
  advice: 'Choose another model.',
}
const invalid = {
  kind: 'refused',
  code: 'provider-refused',
  message: 'The provider says the request is invalid.',
  advice: 'Change the input that the provider names.',
}

describe('Kling’s codes', () => {
  it('are known only by themselves: what is not listed means nothing, whatever it is called', () => {
    expect(Object.keys(klingCodes)).toHaveLength(21)
    for (const code of ['', '0', '1305', '429', 'toString', '__proto__', 'constructor'])
      expect(meaningOf(code)).toBeUndefined()
    expect(meaningOf('1301')).toBe(klingCodes['1301'])
  })

  it('hold what was only too fast, for as long as each says', () => {
    expect(meaningOf('1302')).toEqual({
      kind: 'held',
      code: 'provider-silent',
      message: 'The provider received too many requests.',
      advice: waits,
      wait: 5000,
    })
    expect(meaningOf('1303')).toMatchObject({ kind: 'held', wait: 15_000 })
  })

  it('prove nothing where the provider had trouble of its own', () => {
    for (const code of ['5000', '5001', '5002'])
      expect(meaningOf(code)).toMatchObject({
        kind: 'unknown',
        code: 'provider-silent',
        advice: 'Try again in a few minutes.',
      })
  })

  it('speak of the clock only where a token is too young or too old', () => {
    expect(Object.keys(klingCodes).filter(isClockCode)).toEqual(['1003', '1004'])
  })

  it('show the provider’s own words where there are any', () => {
    const { code, message, advice } = {
      code: 'account-key',
      message: 'No key.',
      advice: 'Check it.',
    } as const
    const row = { code, message, advice }
    expect(problemOf(row, '')).toEqual(row)
    expect(problemOf(row, 'their words')).toEqual({ ...row, detail: 'their words' })
  })
})

describe('Oxen’s errors', () => {
  const verdict = (status: number, type: string | null, message = '') =>
    oxenVerdict(status, { type, message })
  const money = {
    kind: 'refused',
    code: 'account-money',
    message: 'The account has no credits left.',
    advice: 'Add credits at Oxen.ai.',
  }

  it('are known by their type', () => {
    expect(verdict(401, 'unauthenticated')).toEqual(key)
    expect(verdict(400, 'invalid_params')).toEqual(invalid)
    expect(verdict(404, 'resource_not_found')).toEqual(noModel)
  })

  it('are known by how their text begins, and that comes before the type', () => {
    expect(verdict(402, null, 'Insufficient credits: 3 needed')).toEqual(money)
    expect(verdict(400, null, 'Unauthenticated.')).toEqual(key)
    expect(verdict(400, null, 'MODEL NOT FOUND')).toEqual(noModel)
    expect(verdict(400, 'invalid_params', 'Insufficient credits')).toEqual(money)
    expect(verdict(400, null, 'you have insufficient credits')).toBeNull()
  })

  it('prove nothing without a listed type or text, or from a server in trouble', () => {
    expect(verdict(400, 'unknown_error')).toBeNull()
    expect(verdict(400, 'toString')).toBeNull()
    expect(verdict(400, null)).toBeNull()
    expect(verdict(500, 'unauthenticated', 'insufficient credits')).toBeNull()
    expect(verdict(499, 'unauthenticated')).toEqual(key)
    expect(verdict(502, 'invalid_params')).toBeNull()
  })

  it('prove nothing with 429, unless they say something that is listed', () => {
    expect(verdict(429, null, 'slow down')).toBeNull()
    expect(verdict(429, 'too_many')).toBeNull()
    expect(verdict(429, 'invalid_params')).toEqual(invalid)
  })

  it('are read from its own envelope only', () => {
    const body = JSON.stringify({
      error: { type: 'invalid_params', title: 'no', detail: 'no' },
      status: 'error',
    })
    expect(readOxenError('<html>')).toBeNull()
    expect(readOxenError('{"task":1}')).toBeNull()
    expect(readOxenError(body)).toMatchObject({ type: 'invalid_params' })
  })

  it('say why a task failed, as far as its text is a documented one', () => {
    expect(oxenFailure('Insufficient credits at the end')).toEqual({
      code: 'account-money',
      message: 'The account had no credits left when the provider started this take.',
      advice: 'Add credits at Oxen.ai and make a new take.',
      detail: 'Insufficient credits at the end',
    })
    expect(oxenFailure('Client error: NotFound for URL x')).toEqual({
      code: 'clip-unreachable',
      message: 'The provider couldn’t download the character or the clip of this take.',
      advice: 'Choose another clip host and make a new take.',
      detail: 'Client error: NotFound for URL x',
    })
    const other = {
      code: 'provider-failed',
      message: 'The provider couldn’t make this take.',
      advice: 'Change the input and make a new take.',
    }
    expect(oxenFailure('')).toEqual(other)
    for (const words of [
      'there were insufficient credits',
      'client error: for url',
      'client error: two words for url',
    ])
      expect(oxenFailure(words)).toEqual({ ...other, detail: words })
    expect(oxenCancelled('by the user')).toEqual({
      code: 'provider-failed',
      message: 'This take was cancelled at the provider.',
      advice: 'Make a new take if you still want it.',
      detail: 'by the user',
    })
  })
})

describe('the errors of the Highway family', () => {
  const read = (body: unknown) => readHighwayError(JSON.stringify(body))
  const verdict = (name: string | null, status = 400) => highwayVerdict(status, { name, words: '' })

  it('are known by their name alone', () => {
    expect(verdict('INVALID_REQUEST_BODY')).toEqual(invalid)
    expect(verdict('FAILED_TO_AUTH')).toEqual(key)
    expect(verdict('INVALID_API_KEY')).toEqual(key)
    expect(verdict('NOT_ENOUGH_BALANCE')).toEqual({
      kind: 'refused',
      code: 'account-money',
      message: 'The account doesn’t have enough balance.',
      advice: 'Top up the account at the provider.',
    })
    expect(verdict('ACCESS_DENY')).toEqual({
      kind: 'refused',
      code: 'account-rights',
      message: 'The account can’t use this model.',
      advice: 'Check the account’s permissions at the provider.',
    })
    expect(verdict('MODEL_NOT_FOUND')).toEqual({ ...noModel, advice: 'Check the account’s base URL.' })
    expect(verdict('RATE_LIMIT_EXCEEDED')).toEqual({
      kind: 'held',
      message: 'The provider received too many requests.',
      advice: waits,
      wait: 5000,
    })
    expect(verdict('TOKEN_LIMIT_EXCEEDED')).toEqual({
      kind: 'held',
      message: 'The account has reached one of the provider’s limits.',
      advice: waits,
      wait: 15_000,
    })
  })

  it('prove nothing without a listed name, and nothing beside an HTTP status that is no refusal', () => {
    expect(verdict(null)).toBeNull()
    expect(verdict('SERVICE_NOT_AVAILABLE')).toBeNull()
    for (const status of [200, 302, 399, 500, 503]) expect(verdict('ACCESS_DENY', status)).toBeNull()
    for (const status of [400, 403, 499]) expect(verdict('ACCESS_DENY', status)).not.toBeNull()
  })

  it.each([
    { reason: 'ACCESS_DENY' },
    { code: 'ACCESS_DENY' },
    { message: 'ACCESS_DENY' },
    { error: 'ACCESS_DENY' },
    { error: { reason: 'ACCESS_DENY' } },
    { error: { code: 'ACCESS_DENY' } },
    { error: { message: 'ACCESS_DENY' } },
    { code: 403, reason: 'ACCESS_DENY' },
  ])('are found in every usual place: %j', (body) => {
    expect(read(body)).toEqual({ name: 'ACCESS_DENY', words: '' })
  })

  it('say in the provider’s words what the name does not', () => {
    expect(read({ code: 403, reason: 'ACCESS_DENY', message: 'not for you' })).toEqual({
      name: 'ACCESS_DENY',
      words: 'not for you',
    })
    expect(read({ error: { code: 'ACCESS_DENY', message: 'not this one' } })?.words).toBe('not this one')
    expect(read({ error: 'just words' })).toEqual({ name: null, words: 'just words' })
    expect(read({ message: 'ACCESS_DENY', reason: 'because' })).toEqual({
      name: 'ACCESS_DENY',
      words: 'because',
    })
    expect(read({ code: 7, message: { odd: true }, error: null })).toEqual({ name: null, words: '' })
    expect(read({ error: 5, message: 'five' })).toEqual({ name: null, words: 'five' })
    expect(readHighwayError('<html>')).toBeNull()
  })

  it('do not take a word of JavaScript for a name', () => {
    expect(read({ reason: 'toString' })).toEqual({ name: null, words: 'toString' })
  })
})
