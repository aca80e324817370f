import { describe, expect, it } from 'vitest'
import { aboutTheQuestion, modelsLabVerdict } from '../../../../src/main/providers/modelslab/answers.ts'

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

describe('ModelsLab’s errors', () => {
  const money = {
    kind: 'refused',
    code: 'account-money',
    message: 'The account has no credits left, or its subscription has ended.',
    advice: 'Add credits or renew the subscription at ModelsLab.',
  }
  const rights = {
    kind: 'refused',
    code: 'account-rights',
    message: 'This account’s plan doesn’t include this model.',
    advice: 'Change the plan at ModelsLab, or choose another provider.',
  }
  const unreachable = {
    kind: 'refused',
    code: 'clip-unreachable',
    message: 'The provider couldn’t download the character or the clip.',
    advice: 'Choose another clip host and submit again.',
  }
  const full = {
    kind: 'held',
    message: 'The account is at its limit for queued tasks.',
    advice: waits,
    wait: 5000,
  }

  it.each([
    ['Invalid API key', key],
    ['revoked api_key used', key],
    ['Invalid or revoked API key', key],
    ['Expired API key.', key],
    ['Missing API key', key],
    ['Insufficient credits', money],
    ['Your subscription has expired', money],
    ['Your subscription is ended', money],
    ['Your subscription expired', money],
    ['This feature requires a bigger plan', rights],
    ['This feature is not available on your subscription', rights],
    ['Rate limit exceeded', full],
    ['Model not found', noModel],
    ['Unable to fetch image from the provided URL', unreachable],
    ['Unable to fetch video from provided url', unreachable],
    ['The init image field is required.', invalid],
    ['init_video must be a link', invalid],
    ['"prompt" parameter must have words', invalid],
    ['`track_id` is required', invalid],
    ['Missing required parameter: mode', invalid],
    ['Invalid key', invalid],
    ['missing field webhook; sorry', invalid],
    ['The model_id field is required', invalid],
    ['The character orientation must be one of two', invalid],
    ['keep_original_sound must be yes or no', invalid],
    ['The base64 string is required', invalid],
  ])('are known by how they read: %s', (words, verdict) => {
    expect(modelsLabVerdict(400, words, false)).toEqual(verdict)
    expect(modelsLabVerdict(200, words, false)).toEqual(verdict)
  })

  it.each([
    'The API key is invalid',
    'Sorry, insufficient credits',
    'This is an invalid api key',
    'Sorry, your subscription has expired',
    'Task 7: this feature requires a plan',
    'We were unable to fetch video from the provided url',
    'insufficient creditsx',
    'Your subscription will be expired soon',
    'This feature requires patience',
    `This feature requires ${'very '.repeat(20)}big plan`,
    'the rate limit exceeded',
    'a model not found',
    'Unable to fetch audio from provided url',
    'The size field is required',
    'init image is nice',
    'Invalid model_identity',
    'Task failed: missing prompt',
    'Missing prompts',
    'Unable to fetch image from provided urls',
  ])('prove nothing where they read otherwise: %s', (words) => {
    expect(modelsLabVerdict(400, words, false)).toBeNull()
  })

  it('are never known by a status, whatever they say', () => {
    for (const status of [200, 400, 401, 402, 403, 429])
      expect(modelsLabVerdict(status, 'anything', false)).toBeNull()
    expect(modelsLabVerdict(429, 'Model not found', false)).toEqual(noModel)
  })

  it('are a full queue where 429 comes with the field that is documented for one', () => {
    expect(modelsLabVerdict(429, 'anything', true)).toEqual(full)
    for (const status of [200, 400, 402, 403, 409, 500, 503])
      expect(modelsLabVerdict(status, 'anything', true)).toBeNull()
  })

  it('prove nothing where a request may have been taken all the same', () => {
    for (const status of [408, 409, 425, 500, 503])
      expect(modelsLabVerdict(status, 'Model not found', false)).toBeNull()
    for (const status of [407, 410, 424, 426, 499])
      expect(modelsLabVerdict(status, 'Model not found', false)).toEqual(noModel)
  })

  it('are about the question where the account or its pace is meant, and not about the task', () => {
    for (const words of [
      'Rate limit exceeded',
      'Invalid API key',
      'Insufficient credits',
      'This feature requires a plan',
    ])
      expect(aboutTheQuestion(words)).toBe(true)
    for (const words of [
      'Model not found',
      'The prompt field is required',
      'Unable to fetch image from provided url',
      'x',
    ])
      expect(aboutTheQuestion(words)).toBe(false)
  })
})
