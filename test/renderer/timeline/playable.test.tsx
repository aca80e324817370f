import { fireEvent, screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { needsCopy } from '../../../src/renderer/lib/playable.ts'
import { fail, ok } from '../../../src/shared/outcome.ts'
import { aClip } from '../../support/clips/facts.ts'
import { long, withClip } from '../../support/window/open-timeline.tsx'
import { later } from '../../support/window/open-window.tsx'

describe('A clip that the window cannot play', () => {
  const proRes = { ...long, codec: 'prores', container: 'mov' } as const

  it('is shown as a copy, with its progress meanwhile', async () => {
    const { promise, settle } = later<null>()
    let call = ''
    const studio = await withClip(proRes, (fake) => {
      fake.answer('clip:playable', async (_, id = '') => {
        call = id
        await promise
        return ok({ media: '/media/copy' })
      })
    })
    expect(screen.getByText('Making a copy that this window can play…')).toBeVisible()
    studio.announce('call:progress', { call, fraction: 0.4 })
    expect(await screen.findByRole('progressbar', { name: 'The copy' })).toHaveAttribute(
      'aria-valuenow',
      '40',
    )
    expect(screen.getByRole('img', { name: 'The first frame of dance.mp4' })).toBeVisible()
    settle(null)
    expect(await screen.findByLabelText('The clip, dance.mp4')).toHaveAttribute('src', '/media/copy')
  })

  it('can do without a copy, and have it later', async () => {
    const { promise } = later<never>()
    const studio = await withClip(proRes, (fake) => {
      fake.answer('clip:playable', () => promise)
    })
    await studio.user.click(screen.getByRole('button', { name: 'Cancel' }))
    expect(studio.askedFor('call:cancel').length).toBeGreaterThan(0)
    expect(screen.getByText(/Understudy can still use it/)).toBeVisible()
    await studio.user.click(screen.getByRole('button', { name: 'Make a copy to play' }))
    await waitFor(() => {
      expect(studio.askedFor('clip:playable')).toHaveLength(2)
    })
  })

  it('is found out by trying, too; a copy that fails as well is said once and not made again', async () => {
    const studio = await withClip(long, (fake) => {
      fake.answer('clip:playable', async () => ok({ media: '/media/copy' }))
    })
    fireEvent.error(screen.getByLabelText('The clip, dance.mp4'))
    await waitFor(() => {
      expect(screen.getByLabelText('The clip, dance.mp4')).toHaveAttribute('src', '/media/copy')
    })
    fireEvent.error(screen.getByLabelText('The clip, dance.mp4'))
    expect(await screen.findByText(/or a copy of it/)).toBeVisible()
    expect(studio.askedFor('clip:playable')).toHaveLength(1)
  })

  it('says why there is no copy', async () => {
    await withClip(proRes, (fake) => {
      fake.answer('clip:playable', async () => fail('disk-full', 'There is no room for a copy.'))
    })
    expect(await screen.findByText(/There is no room for a copy/)).toBeVisible()
  })

  it('is known beforehand by its codec, its depth and its container', () => {
    const nothing = () => ''
    const everything = () => 'probably'
    expect(needsCopy(aClip(), nothing)).toBe(false)
    expect(needsCopy(aClip({ codec: 'prores' }), everything)).toBe(true)
    expect(needsCopy(aClip({ container: 'avi' }), everything)).toBe(true)
    expect(needsCopy(aClip({ codec: 'hevc' }), nothing)).toBe(true)
    expect(needsCopy(aClip({ codec: 'hevc' }), everything)).toBe(false)
    expect(needsCopy(aClip({ bitDepth: 10 }), nothing)).toBe(true)
  })
})
