import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { fail, ok, type Outcome } from '../../../src/shared/outcome.ts'
import type { DeskView, Inspection } from '../../../src/shared/domain/views.ts'
import { aCharacter, aClip } from '../../support/clips/facts.ts'
import { useApp } from '../../../src/renderer/state/store.ts'
import { aTake } from '../../support/library/a-take.ts'
import { later, openWindow } from '../../support/window/open-window.tsx'

const desk: DeskView = {
  character: null,
  clip: null,
  missing: [],
  window: { start: 0, length: null },
  settings: null,
  room: 'make',
  openTake: null,
  stageTake: null,
  comparison: null,
}

describe('What was open before', () => {
  it('is named where it is gone since, with what to do', async () => {
    openWindow({}, (fake) => {
      fake.answer('desk:read', async () => ok({ ...desk, missing: ['dance.mp4'] }))
    })
    expect(await screen.findByText('“dance.mp4” is no longer where it was.')).toBeVisible()
  })

  it('is the room and the take on the stage, and a take that is gone since is left out', async () => {
    const take = aTake({ state: 'DONE' })
    const { id } = take
    openWindow({ takes: [take] }, (fake) => {
      fake.answer('desk:read', async () => ok({ ...desk, room: 'library', stageTake: id, openTake: id }))
    })
    await waitFor(() => {
      expect(useApp.getState()).toMatchObject({ room: 'library', stageTakeId: id, openTakeId: id })
    })
    cleanup()
    openWindow({}, (fake) => {
      fake.answer('desk:read', async () => ok({ ...desk, room: 'compare', stageTake: id, openTake: id }))
    })
    await waitFor(() => {
      expect(useApp.getState().deskIsOpen).toBe(true)
    })
    expect(useApp.getState()).toMatchObject({ room: 'make', stageTakeId: null, openTakeId: null })
  })

  it('is not opened over what a window shows that outlived its core', async () => {
    const take = aTake({ state: 'DONE' })
    const studio = openWindow({ takes: [take] })
    await screen.findByRole('button', { name: 'Try the sample' })
    act(() => {
      useApp.getState().enterRoom('library')
    })
    studio.answer('desk:read', async () => ok({ ...desk, room: 'compare', openTake: take.id }))
    await act(() => useApp.getState().openDesk())
    expect(useApp.getState().room).toBe('library')
  })

  it('is not all that is kept: so is what is dropped while it is still being opened', async () => {
    const reading = later<Outcome<Inspection>>()
    const studio = openWindow({}, (fake) => {
      const clip = fake.addFile({ name: 'dance.mp4', facts: aClip() })
      const hero = fake.addFile({ name: 'hero.png', facts: aCharacter() })
      fake.answer('desk:read', async () => ok({ ...desk, clip }))
      fake.answer('file:inspect', ({ file }) =>
        file === clip.token
          ? reading.promise
          : Promise.resolve(ok({ file: hero, facts: aCharacter(), picture: 'data:,', media: 'data:,' })),
      )
    })
    await waitFor(() => {
      expect(studio.askedFor('file:inspect')).toHaveLength(1)
    })
    await act(async () => {
      const transfer = { files: [new File(['x'], 'hero.png')], types: ['Files'] }
      fireEvent.drop(document.body, { dataTransfer: transfer })
    })
    await screen.findByRole('img', { name: 'The character, hero.png' })
    // The moment after a change passes in which it is told: a timer that was set first goes off first.
    await act(() => new Promise((passed) => setTimeout(passed, 400)))
    expect(studio.askedFor('desk:keep')).toEqual([])
    await act(async () => {
      reading.settle(fail('file-damaged', 'The clip cannot be read.'))
    })
    await waitFor(() => {
      expect(studio.askedFor('desk:keep')).toMatchObject([
        { character: expect.stringMatching(/^f_/) as string, clip: null },
      ])
    })
  })
})
