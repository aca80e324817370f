import { writeFileSync } from 'node:fs'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { isToBeSent } from '../../../src/main/takes/attempt.ts'
import type { TakeState } from '../../../src/shared/domain/take.ts'
import { aTake, freely, openLibrary, takeId } from '../../support/library/library.ts'
import { libraryStage } from '../../support/library/library-stage.ts'

const stage = libraryStage()
const otherId = '01ARZ3NDEKTSV4RRFFQ69G5FB0'

/** A library whose take was interrupted in this state. */
async function interruptedIn(state: TakeState) {
  const { origin, count } = await stage.provider()
  const first = openLibrary({ folder: stage.folder, origin, width: 1 })
  const reached = first.until(takeId, state)
  await first.library.submit(aTake(stage.folder))
  await reached
  await first.close()
  stage.bench = openLibrary({ folder: stage.folder, origin, width: 1 })
  return { ...stage.bench, count }
}
const again = () => ({ ...aTake(stage.folder), id: otherId })

describe('a take that was interrupted before it was sent', () => {
  it.each(['PREPARED', 'UPLOADED', 'READY', 'INTENT'] as const)(
    'in %s is not sent while another one is',
    async (state) => {
      const { library, until, count } = await interruptedIn(state)
      library.resume((take) => !isToBeSent(take))
      await library.submit(again())
      await until(otherId, 'DONE')
      await nextTurn()
      expect(count.submit).toBe(1)
      expect(library.show(takeId)).toMatchObject({ value: { taskId: null } })
    },
  )

  it('is found by whoever asks for the very same, and goes on as the one take of both wishes', async () => {
    const { library, until, count } = await interruptedIn('UPLOADED')
    expect((await library.interruptedLike(again()))?.id).toBe(takeId)
    expect(await library.takeBack(takeId)).toMatchObject({ ok: true, value: { state: 'DRAFT' } })
    expect((await library.submitAgain(takeId, freely)).ok).toBe(true)
    await until(takeId, 'DONE')
    expect(count.submit).toBe(1)
    expect(await library.interruptedLike(again())).toBeNull()
  })

  it('is another wish with another part, other settings, another way or another content of a file', async () => {
    const { library } = await interruptedIn('UPLOADED')
    const same = again()
    const others = [
      { ...same, window: { start: 1, length: null } },
      { ...same, settings: { ...same.settings, prompt: 'something else' } },
      { ...same, route: { ...same.route, clipUrl: 'https://example.com/clip.mp4' } },
      { ...same, character: same.clip },
    ]
    for (const other of others) expect(await library.interruptedLike(other)).toBeNull()
    writeFileSync(same.clip, 'another film of the same name')
    expect(await library.interruptedLike(same)).toBeNull()
  })
})
