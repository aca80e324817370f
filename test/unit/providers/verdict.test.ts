import { describe, expect, it } from 'vitest'
import { mentionsTaskId, submitVerdict } from '../../../src/main/providers/answers.ts'
import { held, problemOf, refused } from '../../../src/main/providers/problems.ts'

const no = refused('account-key', 'The key was not accepted.', 'Check the key.')
const busy = held('It asks for fewer requests.', 5000)

describe('what a listed error proves about a submit', () => {
  it('is a refusal in our words, with theirs beside them where they said any', () => {
    const problem = { code: 'account-key', message: 'The key was not accepted.', advice: 'Check the key.' }
    expect(submitVerdict(no, 'bad key', 9000)).toEqual({
      kind: 'refused',
      problem: { ...problem, detail: 'bad key' },
    })
    expect(submitVerdict(no, '', null)).toEqual({ kind: 'refused', problem })
  })

  it('is a wait that is as long as the provider asks, and never shorter than ours', () => {
    const problem = {
      code: 'provider-silent',
      message: 'It asks for fewer requests.',
      advice: 'Understudy waits, then sends it again.',
    }
    expect(problemOf(busy, '')).toEqual(problem)
    expect(submitVerdict(busy, '', null)).toEqual({ kind: 'held', problem, wait: 5000 })
    expect(submitVerdict(busy, '', 2000)).toMatchObject({ wait: 5000 })
    expect(submitVerdict(busy, 'slow', 8000)).toEqual({
      kind: 'held',
      problem: { ...problem, detail: 'slow' },
      wait: 8000,
    })
  })
})

describe('an answer that names a task', () => {
  const fields = ['task_id', 'id']

  it.each([
    { task_id: 'a' },
    { id: 7 },
    { id: -1 },
    { data: { task_id: 'a' } },
    { data: [{ x: 1 }, { id: 'a' }] },
    { a: { b: { c: { id: 'a' } } } },
    { id: '', task_id: 'a' },
    { error: { message: 'no' }, data: { id: 'a' } },
  ])('is seen wherever the id stands: %j', (answer) => {
    expect(mentionsTaskId(answer, fields)).toBe(true)
  })

  it.each([
    [undefined],
    [null],
    ['task_id'],
    [5],
    [{}],
    [{ task_id: '' }],
    [{ id: 0 }],
    [{ id: null }],
    [{ id: true }],
    [{ name: 'a' }],
    [{ id: { value: 'a' } }],
    // Deeper than any service was seen to put it.
    [{ a: { b: { c: { d: { id: 'a' } } } } }],
  ])('is not seen in %j', (answer) => {
    expect(mentionsTaskId(answer, fields)).toBe(false)
  })

  it('is looked for only under the fields of its service', () => {
    expect(mentionsTaskId({ request_id: 'a' }, fields)).toBe(false)
    expect(mentionsTaskId({ request_id: 'a' }, ['request_id'])).toBe(true)
  })
})
