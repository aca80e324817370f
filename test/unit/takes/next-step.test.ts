import { describe, expect, it } from 'vitest'
import { nextStep, nextStepOf } from '../../../src/main/takes/next-step.ts'
import { takeStates } from '../../../src/shared/domain/take.ts'

describe('what is to be done next', () => {
  it('follows from the state alone', () => {
    expect(Object.fromEntries(takeStates.map((state) => [state, nextStep(state)]))).toEqual({
      DRAFT: null,
      PREPARING: 'prepare',
      PREPARED: 'upload',
      UPLOADING: 'upload',
      UPLOADED: 'ready',
      READY: 'intend',
      INTENT: 'send',
      WIRE: null,
      ACKED: 'watch',
      REMOTE_DONE: 'open-download',
      DOWNLOADING: 'download',
      VERIFIED: 'finish',
      DONE: null,
      HELD: 'wait',
      UNKNOWN: 'reconcile',
      NEEDS_USER: 'recheck',
      REJECTED: null,
      REMOTE_FAILED: null,
      EXPIRED: null,
      ABANDONED: null,
    })
  })

  it('is the marked version only of a take that is done, and only while it has a link to it', () => {
    const watermarkUrl = 'https://x/marked.mp4'
    for (const state of takeStates) {
      expect(nextStepOf({ state, watermarkUrl: null }), state).toBe(nextStep(state))
      expect(nextStepOf({ state, watermarkUrl }), state).toBe(
        state === 'DONE' ? 'fetch-marked' : nextStep(state),
      )
    }
  })
})
