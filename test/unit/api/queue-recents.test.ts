import { describe, expect, it } from 'vitest'
import { queueHandlers } from '../../../src/main/api/queue-handlers.ts'
import { ok } from '../../../src/shared/outcome.ts'
import { emptyQueue } from '../../../src/shared/domain/queue.ts'
import { defaultTakeSettings } from '../../../src/shared/domain/take.ts'

/** What is remembered of clips that go into the queue together. */
async function notedOf(...clips: readonly string[]): Promise<readonly (string | null)[]> {
  const noted: (string | null)[] = []
  const handlers = queueHandlers(
    { add: async () => ok(emptyQueue) } as never,
    { path: (token: string) => ok(`/clips/${token}`) } as never,
    { chooseFolder: async () => ok('/out'), reveal: async () => ok({ folder: 'out' }) } as never,
    ({ clip }) => noted.push(clip),
  )
  const entries = clips.map((clip) => ({
    character: null,
    clip,
    window: { start: 0, length: null },
    settings: defaultTakeSettings,
  }))
  const added = await handlers['queue:add']({ entries, folder: null, name: '{clip}' }, {})
  expect(added.ok).toBe(true)
  return noted
}

describe('The files used last', () => {
  it('hold what lay in the form when it went into the queue', async () => {
    expect(await notedOf('walk.mp4')).toEqual(['/clips/walk.mp4'])
  })

  it('hold nothing of a batch, which nobody has looked at and which would push out the pairs of takes', async () => {
    expect(await notedOf('one.mp4', 'damaged.mp4', 'three.mp4')).toEqual([])
  })
})
