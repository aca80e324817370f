import { act, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { CallAnswer } from '../../../src/shared/contract.ts'
import { fail, ok } from '../../../src/shared/outcome.ts'
import { later, openWindow, type OpenWindow } from '../../support/window/open-window.tsx'
import { dance, hero, withFiles } from '../../support/window/prepare-window.ts'

describe('What is sent', () => {
  const view: CallAnswer<'prepare:preview'> = {
    character: {
      picture: '/media/after.jpg',
      facts: { bytes: 300_000, sha256: 'a1b2', width: 1024, height: 1536, format: 'jpeg' },
    },
    clip: {
      media: '/media/after.mp4',
      facts: {
        bytes: 2_000_000,
        sha256: 'c3d4',
        width: 720,
        height: 1280,
        frames: 180,
        frameRate: 30,
        duration: 6,
        videoCodec: 'h264',
        pixelFormat: 'yuv420p',
        audio: null,
      },
    },
    plan: [],
    certificate: {
      issuedAt: '2026-11-21T15:04:00.000Z',
      provider: 'practice',
      model: 'practice',
      orientation: 'image',
      character: { sha256: 'a1b2', bytes: 300_000 },
      clip: { sha256: 'c3d4', bytes: 2_000_000 },
      findings: [],
    },
    commands: ['ffmpeg -i file:dance.mp4 clip.mp4'],
  }
  const open = (studio: OpenWindow) =>
    studio.user.click(screen.getByRole('button', { name: 'See what is sent' }))

  it('stands beside what the user has, with its certificate and the exact commands', async () => {
    const studio = await withFiles([hero, dance])
    studio.answer('prepare:preview', async () => ok(view))
    await screen.findByRole('button', { name: 'See what is sent' })
    await open(studio)
    const dialog = await screen.findByRole('dialog', { name: 'What is sent' })
    expect(await within(dialog).findByRole('img', { name: 'The prepared character' })).toHaveAttribute(
      'src',
      '/media/after.jpg',
    )
    expect(within(dialog).getByLabelText('The prepared clip')).toHaveAttribute('src', '/media/after.mp4')
    expect(within(dialog).getByText('1024 × 1536 · JPEG · 300 kB')).toBeVisible()
    expect(
      within(dialog).getByText('6 s · 180 frames · 720 × 1280 · 30 fps · H.264 · 2 MB · no sound'),
    ).toBeVisible()
    expect(within(dialog).getByText(/^All limits of this model are met/)).toBeVisible()
    expect(within(dialog).getByRole('heading', { name: 'The exact command for the clip' })).toBeVisible()
    expect(within(dialog).getByText('ffmpeg -i file:dance.mp4 clip.mp4')).toBeVisible()
    expect(within(dialog).queryByText(/no command to show/)).toBeNull()
    await studio.user.click(within(dialog).getByRole('button', { name: 'Copy the commands' }))
    expect(await navigator.clipboard.readText()).toBe('ffmpeg -i file:dance.mp4 clip.mp4')
  })

  it('says that a character that was changed has no command', async () => {
    const studio = await withFiles([hero, dance])
    const step = { step: 'convert-image', target: 'character', why: 'It is a WebP.', cost: 'none' } as const
    studio.answer('prepare:preview', async () => ok({ ...view, plan: [step] }))
    await screen.findByRole('button', { name: 'See what is sent' })
    await open(studio)
    expect(await screen.findByText(/^Understudy converts the character itself/)).toBeVisible()
  })

  it('does not claim that anything was prepared when it failed', async () => {
    const studio = await withFiles([hero, dance])
    studio.answer('prepare:preview', async () => fail('file-missing', 'The clip is gone.'))
    await screen.findByRole('button', { name: 'See what is sent' })
    await open(studio)
    const dialog = await screen.findByRole('dialog', { name: 'What is sent' })
    expect(await within(dialog).findByText('The clip is gone.')).toBeVisible()
    expect(dialog).toHaveTextContent('The files could not be prepared. Nothing was sent')
    expect(dialog).not.toHaveTextContent('These are the actual files')
  })

  it('is prepared with progress, and closing cancels it', async () => {
    const studio = await withFiles([hero, dance])
    const answer = later<Awaited<ReturnType<OpenWindow['bridge']['ask']['prepare:preview']>>>()
    let call = ''
    studio.answer('prepare:preview', (_, id) => {
      call = id ?? ''
      return answer.promise
    })
    await screen.findByRole('button', { name: 'See what is sent' })
    await open(studio)
    const bar = await screen.findByRole('progressbar', { name: 'Preparing' })
    act(() => {
      studio.announce('call:progress', { call, fraction: 0.4 })
    })
    expect(bar).toHaveAttribute('aria-valuenow', '40')
    await studio.user.click(screen.getByRole('button', { name: 'Cancel' }))
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(studio.askedFor('call:cancel')).toContainEqual({ call })
  })

  it('that could not be prepared says why', async () => {
    const studio = await withFiles([hero, dance])
    studio.answer('prepare:preview', async () =>
      fail('disk-full', 'The disk is full.', { advice: 'Free some room.' }),
    )
    await screen.findByRole('button', { name: 'See what is sent' })
    await open(studio)
    expect(await screen.findByText('The disk is full.')).toBeVisible()
  })
})

describe('Files that were used last', () => {
  const pair = {
    id: 'one',
    usedAt: '2026-11-20T10:00:00.000Z',
    characterName: 'hero.png',
    clipName: 'dance.mp4',
    present: true,
  }

  it('are offered first thing, and one click takes both in', async () => {
    const studio = openWindow({}, (fake) => {
      fake.answer('recent:list', async () =>
        ok([pair, { ...pair, id: 'two', clipName: 'gone.mp4', present: false }]),
      )
      fake.answer('recent:open', async () => ok({ character: fake.addFile(hero), clip: fake.addFile(dance) }))
    })
    expect(await screen.findByRole('button', { name: /gone\.mp4/ })).toBeDisabled()
    await studio.user.click(screen.getByRole('button', { name: 'hero.png with dance.mp4' }))
    expect(await screen.findByRole('img', { name: 'The character, hero.png' })).toBeVisible()
    expect(await screen.findByRole('region', { name: 'Clip' })).toHaveTextContent('dance.mp4')
    expect(studio.askedFor('recent:open')).toEqual([{ pair: 'one' }])
    await studio.user.click(screen.getAllByRole('button', { name: 'Recent files' })[0] as HTMLElement)
    await studio.user.click(await screen.findByRole('menuitem', { name: 'Clear' }))
    expect(studio.askedFor('recent:forget')).toHaveLength(1)
    expect(screen.queryByRole('button', { name: 'Recent files' })).toBeNull()
  })

  it('show the pictures of both, and the sign of a clip or a character where there is none', async () => {
    const studio = openWindow({}, (fake) => {
      fake.answer('recent:list', async () => ok([pair, { ...pair, id: 'two', clipName: 'walk.mp4' }]))
      fake.answer('recent:pictures', async ({ pair: id }) =>
        ok(
          id === 'one' ? { character: '/media/hero', clip: '/media/dance' } : { character: null, clip: null },
        ),
      )
    })
    const known = await screen.findByRole('button', { name: 'hero.png with dance.mp4' })
    await waitFor(() => {
      expect([...known.querySelectorAll('img')].map((one) => one.getAttribute('src'))).toEqual([
        '/media/hero',
        '/media/dance',
      ])
    })
    const unknown = screen.getByRole('button', { name: 'hero.png with walk.mp4' })
    expect(unknown.querySelector('.lucide-user-round')).not.toBeNull()
    expect(unknown.querySelector('.lucide-film')).not.toBeNull()
    expect(studio.askedFor('recent:pictures')).toEqual([{ pair: 'one' }, { pair: 'two' }])
  })

  it('that went away meanwhile are said so, and the list is read anew', async () => {
    const studio = openWindow({}, (fake) => {
      fake.answer('recent:list', async () => ok([pair]))
      fake.answer('recent:open', async () => fail('file-missing', '“dance.mp4” is not there.'))
    })
    await studio.user.click(await screen.findByRole('button', { name: 'hero.png with dance.mp4' }))
    expect(await screen.findByText('“dance.mp4” is not there.')).toBeVisible()
    expect(studio.askedFor('recent:list').length).toBeGreaterThan(1)
  })
})
