import { screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { useApp } from '../../../src/renderer/state/store.ts'
import { fail, ok } from '../../../src/shared/outcome.ts'
import { aTake } from '../../support/library/a-take.ts'
import { aSaved } from '../../support/window/fake-settings-answers.ts'
import { openWindow } from '../../support/window/open-window.tsx'

const take = aTake({ state: 'DONE' })
const picture = (fromCopy = false) =>
  Promise.resolve({ picture: new Blob(['a picture'], { type: 'image/png' }), fromCopy })

describe('A picture of a comparison', () => {
  it('is saved where the dialog of the system says, and the window tells where that is', async () => {
    const studio = openWindow({ nativeDialogs: true, takes: [take] })
    await screen.findByRole('button', { name: 'Make' })
    studio.answer('still:save', async () => ok({ name: 'dance.png', folder: 'Pictures', saved: aSaved }))
    await useApp.getState().saveStill(take.id, picture(true))
    expect(studio.askedFor('still:save')).toMatchObject([{ take: take.id, folder: null, name: null }])
    expect(await screen.findByText('Saved as “dance.png”.')).toBeVisible()
    expect(screen.getByText(/It comes from a smaller copy/)).toBeVisible()
    await studio.user.click(screen.getByRole('button', { name: 'Show' }))
    expect(studio.askedFor('saved:reveal')).toEqual([{ saved: aSaved }])
  })

  it('is shown in its folder on request, and why not where it is gone', async () => {
    const studio = openWindow({ nativeDialogs: true, takes: [take] })
    await screen.findByRole('button', { name: 'Make' })
    studio.answer('saved:reveal', async () => fail('file-missing', '“dance.png” is no longer there.'))
    await useApp.getState().saveStill(take.id, picture())
    await studio.user.click(await screen.findByRole('button', { name: 'Show' }))
    expect(await screen.findByText('“dance.png” is no longer there.')).toBeVisible()
  })

  it('asks for a folder and a name where the system has no dialog', async () => {
    const { user } = openWindow({ nativeDialogs: false, takes: [take] })
    await screen.findByRole('button', { name: 'Make' })
    await useApp.getState().saveStill(take.id, picture())
    const dialog = await screen.findByRole('dialog', { name: 'Save the picture' })
    expect(dialog).toHaveTextContent('An existing file is never replaced.')
    expect(screen.getByRole('textbox', { name: 'Name' })).toHaveValue('hero-dance-1.png')
    await user.keyboard('{Escape}')
  })

  it('that could not be made is told, and nothing is asked of the core', async () => {
    const { askedFor } = openWindow({ nativeDialogs: true, takes: [take] })
    await screen.findByRole('button', { name: 'Make' })
    await useApp.getState().saveStill(take.id, Promise.reject(new Error('no memory')))
    expect(await screen.findByText('The picture could not be made.')).toBeVisible()
    await waitFor(() => {
      expect(askedFor('still:save')).toEqual([])
    })
  })
})
