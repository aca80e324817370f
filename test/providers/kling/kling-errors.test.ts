import { afterEach, describe, expect, it } from 'vitest'
import { bearer } from '../../../src/main/providers/http/authorization.ts'
import { createKling } from '../../../src/main/providers/kling/official.ts'
import { klingCodes } from '../../../src/main/providers/kling/problems.ts'
import { klingContract } from '../../support/servers/contracts/kling.ts'
import { refusal } from '../../support/servers/contracts/kling-account.ts'
import { aHostedClip, aRequest, canary, openThings, partsFor, quiet } from './kling-support.ts'

const { keep, closeAll } = openThings()
afterEach(closeAll)

const otherContent = 'Change the character, the clip or the prompt.'
const named = 'Change the input that the provider names.'
const theKey = 'Check this account’s key.'

/** Code, HTTP status, problem, the sentence, what to do. */
const refusals = [
  [1000, 401, 'account-key', 'The provider didn’t accept the key.', theKey],
  [1001, 401, 'account-key', 'The provider received no key.', theKey],
  [1002, 401, 'account-key', 'The provider couldn’t read the key.', theKey],
  [1003, 401, 'account-key', 'The key isn’t valid yet.', 'Check this computer’s clock.'],
  [1004, 401, 'account-key', 'The key has expired.', 'Make a new key, or check this computer’s clock.'],
  [
    1100,
    429,
    'account-rights',
    'There is a problem with the account.',
    'Check the account settings at the provider.',
  ],
  [1101, 429, 'account-money', 'The account owes money.', 'Top up the account at the provider.'],
  [
    1102,
    429,
    'account-money',
    'The resource pack is empty or has expired.',
    'Buy a pack for the API. Website credits don’t count.',
  ],
  [1103, 403, 'account-rights', 'The account can’t use this model.', 'Check the plan at the provider.'],
  [1200, 400, 'provider-refused', 'The provider says the request is invalid.', named],
  [1201, 400, 'provider-refused', 'The provider refused one of the inputs.', named],
  [
    1202,
    404,
    'provider-refused',
    'The provider doesn’t know this kind of request.',
    'Check the account’s base URL.',
  ],
  [1203, 404, 'provider-refused', 'The provider doesn’t have this model.', 'Choose another model.'],
  [1300, 400, 'provider-refused', 'The request breaks one of the platform’s policies.', otherContent],
  [1301, 400, 'provider-refused', 'The safety check refused the content.', otherContent],
  [
    1304,
    429,
    'account-rights',
    'This network address isn’t on the account’s allow-list.',
    'Add it at the provider.',
  ],
] as const

const holds = [
  [1302, 429, 'The provider received too many requests.', 5000],
  [1303, 429, 'The account is at its limit for parallel tasks.', 15_000],
] as const

const troubles = [
  [5000, 500, 'The provider had an internal error.'],
  [5001, 503, 'The provider is down for maintenance.'],
  [5002, 504, 'The provider took too long.'],
] as const

const theirs = '<script>alert("their words")</script>'

async function submitAgainst(status: number, code: number, message = theirs) {
  const server = keep(await klingContract({ key: canary }))
  const clip = await aHostedClip(keep)
  const provider = createKling({ ...partsFor(server.origin), id: 'kling', authorization: bearer(canary) })
  server.play('POST /v1/videos/motion-control', refusal(status, code, message))
  const answer = await provider.submit(aRequest(clip.url), quiet)
  expect(server.violations).toEqual([])
  expect(server.calls).toHaveLength(1)
  return answer
}

describe('the error table of the official API', () => {
  it('is tested row by row, none left out', () => {
    const tested = [...refusals, ...holds, ...troubles].map(([code]) => String(code))
    expect(tested.sort()).toEqual(Object.keys(klingCodes).sort())
  })

  it.each(refusals)(
    'reads %i with HTTP %i as a refusal (%s): “%s” “%s”',
    async (code, status, problem, message, advice) => {
      expect(await submitAgainst(status, code)).toMatchObject({
        kind: 'refused',
        problem: { code: problem, message, advice, detail: theirs },
      })
    },
  )

  it.each(holds)(
    'holds a submit after %i with HTTP %i: “%s” for %i ms',
    async (code, status, message, wait) => {
      expect(await submitAgainst(status, code)).toMatchObject({
        kind: 'held',
        wait,
        problem: {
          code: 'provider-silent',
          message,
          advice: 'Understudy waits, then sends it again.',
          detail: theirs,
        },
      })
    },
  )

  it.each(troubles)('cannot tell after %i with HTTP %i: “%s”', async (code, status, message) => {
    expect(await submitAgainst(status, code)).toMatchObject({
      kind: 'unknown',
      why: `${message} (code ${String(code)}: ${theirs})`,
    })
  })

  it.each([400, 401, 403, 404, 429, 500])(
    'lets no HTTP status speak for itself: %i with a code of no table stays unknown',
    async (status) => {
      expect((await submitAgainst(status, 4242)).kind).toBe('unknown')
    },
  )

  it('looks for the task instead of giving up when its own id is taken', async () => {
    const answer = await submitAgainst(400, 1201, 'External_task_id own-1 already exists')
    expect(answer.kind).toBe('unknown')
  })

  it('shows no key, even when the provider repeats it', async () => {
    const answer = await submitAgainst(401, 1002, `cannot read Bearer ${canary}`)
    expect(answer).toMatchObject({ kind: 'refused', problem: { detail: 'cannot read Bearer •••' } })
  })
})

describe('the same table when an account is tested', () => {
  const testAgainst = async (status: number, code: number) => {
    const server = keep(await klingContract({ key: canary }))
    const provider = createKling({ ...partsFor(server.origin), id: 'kling', authorization: bearer(canary) })
    server.play('GET /account/costs', refusal(status, code, `${theirs} ${canary}`))
    const report = await provider.test()
    expect(server.violations).toEqual([])
    expect(server.calls).toHaveLength(1)
    return report
  }

  it.each(refusals.filter(([, , problem]) => problem !== 'provider-refused'))(
    'says of %i with HTTP %i that the account cannot be used (%s): “%s %s”',
    async (code, status, _problem, message, advice) => {
      expect(await testAgainst(status, code)).toEqual({
        verdict: 'refused',
        message: `${message} ${advice}`,
        packs: [],
      })
    },
  )

  const others = [
    ...refusals.filter(([, , problem]) => problem === 'provider-refused'),
    ...holds,
    ...troubles,
  ]
  it.each(others.map(([code, status]) => [code, status] as const))(
    'leaves open after %i with HTTP %i whether the key works',
    async (code, status) => {
      const report = await testAgainst(status, code)
      expect(report).toEqual({
        verdict: 'undecided',
        message: `${klingCodes[String(code)]?.message ?? ''} Test the account again in a minute.`,
        packs: [],
      })
    },
  )
})
