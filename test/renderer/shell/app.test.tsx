import { act, render, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import type { FolderEntry, FolderView } from '../../../src/shared/domain/views.ts'
import { fail, ok } from '../../../src/shared/outcome.ts'
import { recallTheme } from '../../../src/renderer/features/settings/ThemeSwitch.tsx'
import { ErrorBoundary } from '../../../src/renderer/shell/ErrorBoundary.tsx'
import { unmarked } from '../../../src/shared/domain/marks.ts'
import { aTake } from '../../support/library/a-take.ts'
import type { FakeBridge } from '../../support/window/fake-bridge.ts'
import { aCharacter } from '../../support/clips/facts.ts'
import { aSaved } from '../../support/window/fake-settings-answers.ts'
import { openWindow } from '../../support/window/open-window.tsx'
import { detailsOf } from '../../support/window/take-details.ts'

const theme = () => document.documentElement.dataset['theme']
const opened = () => screen.findByRole('button', { name: 'Try the sample' })

describe('The title of the window', () => {
  it('says what runs and what waits for an answer', async () => {
    const runs = aTake({ state: 'ACKED' })
    const { announce } = openWindow({ takes: [runs] })
    await opened()
    expect(document.title).toBe('1 running · Understudy')
    act(() => {
      announce('take:changed', { ...runs, state: 'NEEDS_USER', attempt: runs.attempt + 1 })
    })
    expect(document.title).toBe('1 question · Understudy')
    act(() => {
      announce('take:changed', { ...runs, state: 'DONE', attempt: runs.attempt + 2 })
    })
    expect(document.title).toBe('Understudy')
  })
})

describe('The theme', () => {
  it('follows the system, and the system again after a change there', async () => {
    const { system } = openWindow()
    await opened()
    expect(theme()).toBe('dark')
    act(() => {
      system.setDark(false)
    })
    expect(theme()).toBe('light')
  })

  it('can be switched, is remembered by the core, and then no longer follows the system', async () => {
    const { user, system, askedFor } = openWindow()
    await user.click(await screen.findByRole('button', { name: 'Settings and about' }))
    await user.click(await screen.findByRole('radio', { name: 'Light' }))
    await waitFor(() => {
      expect(theme()).toBe('light')
    })
    expect(askedFor('settings:change')).toEqual([{ change: { theme: 'light' } }])
    act(() => {
      system.setDark(true)
    })
    expect(theme()).toBe('light')
  })

  it('is that of the last time while the settings are still being read', () => {
    localStorage.setItem('understudy-theme', 'light')
    recallTheme()
    expect(theme()).toBe('light')
  })

  it('changes here when another window changes it', async () => {
    const studio = openWindow()
    await opened()
    const settings = await studio.bridge.ask['settings:read']({})
    if (!settings.ok) throw new Error('The fake studio has settings.')
    act(() => {
      studio.announce('settings:changed', { ...settings.value, theme: 'light' })
    })
    expect(theme()).toBe('light')
  })
})

describe('The window', () => {
  it('says why it could not start, and tries again when asked', async () => {
    const studio = openWindow({}, (fake) => {
      fake.answer('app:about', async () =>
        fail('library-in-use', 'The library is in use by another Understudy.', {
          advice: 'Close the other one, then try again.',
        }),
      )
    })
    expect(await screen.findByRole('alert')).toHaveTextContent('The library is in use by another Understudy.')
    studio.answer('app:about', async () =>
      ok({
        version: '0.1.0',
        face: 'browser',
        platform: 'linux',
        nativeDialogs: true,
        library: 'Understudy',
        mediaTools: true,
        oldTools: null,
        startedAt: '2026-11-20T12:00:00.000Z',
        libraryNotices: [],
        movedFrom: null,
      }),
    )
    await studio.user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await opened()).toBeVisible()
  })

  it('says when the studio is not answering, sends nothing meanwhile, and reads everything again afterwards', async () => {
    const studio = openWindow()
    await studio.user.click(await opened())
    await waitFor(() => {
      expect(screen.getByRole('button', { name: 'Generate' })).toBeEnabled()
    })
    act(() => {
      studio.setConnected(false)
    })
    expect(screen.getByRole('alert')).toHaveTextContent('Understudy isn’t responding.')
    expect(screen.getByRole('button', { name: 'Generate' })).toBeDisabled()

    const missed = aTake({ characterName: 'missed.png', state: 'ACKED' })
    const marks = { ...unmarked, take: missed.id, number: 1, boards: [] }
    studio.answer('take:list', async () => ok({ order: [missed.id], entries: [{ take: missed, marks }] }))
    act(() => {
      studio.setConnected(true)
    })
    expect(await screen.findByRole('button', { name: /^Take 1, missed\.png/ })).toBeVisible()
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('says what to do when video tools are missing', async () => {
    openWindow({ mediaTools: false })
    expect(await screen.findByRole('alert')).toHaveTextContent('Install ffmpeg on this computer')
    expect(screen.getByText('Video tools are missing on this computer.')).toBeVisible()
  })

  it('says quietly that the video tools are old, with the command that brings newer ones', async () => {
    const studio = openWindow({
      oldTools: {
        code: 'tool-missing',
        message: 'Understudy works with old video tools: ffmpeg N-47683.',
        advice: 'Run: sudo apt-get install ffmpeg. Then start Understudy again.',
      },
    })
    expect(await screen.findByText(/sudo apt-get install ffmpeg/)).toBeVisible()
    expect(screen.queryByRole('alert')).toBeNull()
    await studio.user.click(screen.getByRole('button', { name: 'Dismiss' }))
    expect(screen.queryByText(/sudo apt-get install ffmpeg/)).toBeNull()
  })

  it('keeps a broken part from taking the rest with it', async () => {
    const complaint = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const Broken = (): never => {
      throw new Error('broken on purpose')
    }
    render(
      <>
        <ErrorBoundary part="The comparison">
          <Broken />
        </ErrorBoundary>
        <p>The rest</p>
      </>,
    )
    expect(screen.getByRole('alert')).toHaveTextContent('The comparison ran into an error.')
    expect(screen.getByText('The rest')).toBeVisible()
    complaint.mockRestore()
  })

  it('lists its keys with a question mark, but not while somebody writes', async () => {
    const { user } = openWindow()
    await user.click(await opened())
    await user.type(await screen.findByRole('textbox', { name: /^Prompt/ }), 'Why?')
    expect(screen.queryByRole('dialog')).toBeNull()
    act(() => {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    })
    await user.keyboard('?')
    expect(await screen.findByRole('dialog', { name: 'Keyboard shortcuts' })).toHaveTextContent('Generate')
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('names every control', async () => {
    const { user } = openWindow({ takes: [aTake({ state: 'DONE' })] })
    await user.click(await opened())
    await screen.findByRole('radiogroup', { name: 'Framing' })
    for (const role of ['button', 'radio', 'switch', 'slider', 'textbox', 'radiogroup'] as const)
      for (const control of screen.getAllByRole(role)) expect(control).toHaveAccessibleName()
  })
})

const folderToken = (number: number) => `d_${String(number).padStart(22, '0')}`

function withFolders(fake: FakeBridge): void {
  const hero = fake.addFile({ name: 'hero.png', facts: aCharacter() })
  const file: FolderEntry = {
    kind: 'character',
    ...hero,
    modified: '2026-11-20T12:00:00.000Z',
  }
  const home = { token: folderToken(1), name: 'Home' }
  const places: FolderView = {
    token: folderToken(9),
    name: 'Places',
    crumbs: [],
    entries: [{ kind: 'folder', ...home }],
  }
  const pictures: FolderView = { ...home, crumbs: [home], entries: [file] }
  fake.answer('folder:list', async ({ folder }) => ok(folder === home.token ? pictures : places))
}

describe('Without the system’s dialogs', () => {
  it('a file is chosen with the keyboard alone', async () => {
    const { user } = openWindow({ nativeDialogs: false }, withFolders)
    await opened()
    await user.keyboard('{Control>}o{/Control}')
    const dialog = await screen.findByRole('dialog', { name: 'Choose a character, a clip, or both' })
    await waitFor(() => {
      expect(within(dialog).getByRole('button', { name: 'Home, folder' })).toHaveFocus()
    })
    await user.keyboard('{Enter}')
    await waitFor(() => {
      expect(within(dialog).getByRole('button', { name: /^hero\.png, image/ })).toHaveFocus()
    })
    await user.keyboard('{Enter}')
    expect(await screen.findByRole('img', { name: 'The character, hero.png' })).toBeVisible()
  })

  it('a result is saved into a chosen folder, and a taken name keeps the dialog open', async () => {
    const { user, askedFor, answer } = openWindow(
      { nativeDialogs: false, takes: [aTake({ state: 'DONE' })] },
      withFolders,
    )
    const row = await detailsOf(aTake())
    await user.click(within(row).getByRole('button', { name: 'Save result' }))
    const dialog = await screen.findByRole('dialog', { name: 'Save the result' })
    expect(within(dialog).getByRole('textbox', { name: 'Name' })).toHaveValue('hero-dance-1.mp4')
    // The last folder is remembered while the window is open, so this may be Places or Home.
    await user.click(await within(dialog).findByRole('button', { name: 'Places' }))
    await user.click(await within(dialog).findByRole('button', { name: 'Home, folder' }))
    answer('result:save', async () => fail('file-exists', 'There is already a file with this name.'))
    await user.click(await within(dialog).findByRole('button', { name: 'Save in “Home”' }))
    expect(await within(dialog).findByText('There is already a file with this name.')).toBeVisible()

    answer('result:save', async ({ name }) => ok({ name: name ?? '', folder: 'Home', saved: aSaved }))
    await user.clear(within(dialog).getByRole('textbox', { name: 'Name' }))
    await user.type(within(dialog).getByRole('textbox', { name: 'Name' }), 'take one.mp4{Enter}')
    expect(await screen.findByText('Saved as “take one.mp4”.')).toBeVisible()
    answer('saved:reveal', async () => ok({ name: 'take one.mp4', folder: '/home/me' }))
    await user.click(screen.getByRole('button', { name: 'Show' }))
    expect(await screen.findByText('It is in /home/me.')).toBeVisible()
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(askedFor('result:save').at(-1)).toMatchObject({ folder: folderToken(1), name: 'take one.mp4' })
  })

  it('a watermarked version whose file is missing is offered again at its take', async () => {
    const watermarked = { bytes: 9, sha256: 'ef', duration: 6, width: 720, height: 1280, frameRate: 30 }
    const { user, answer } = openWindow(
      { nativeDialogs: false, takes: [aTake({ state: 'DONE', watermarked })] },
      withFolders,
    )
    const row = await detailsOf(aTake())
    await user.click(within(row).getByRole('button', { name: 'Save watermarked version' }))
    const dialog = await screen.findByRole('dialog', { name: 'Save the result' })
    await user.click(await within(dialog).findByRole('button', { name: 'Places' }))
    await user.click(await within(dialog).findByRole('button', { name: 'Home, folder' }))
    answer('result:save', async () => fail('file-missing', 'The watermarked version is missing.'))
    await user.click(await within(dialog).findByRole('button', { name: 'Save in “Home”' }))
    expect(await within(dialog).findByText('The watermarked version is missing.')).toBeVisible()
    await user.keyboard('{Escape}')
    expect(await screen.findByRole('button', { name: 'Download watermarked version' })).toBeVisible()
  })
})

describe('a library with a problem of its own', () => {
  it('says so above everything, in whole sentences', async () => {
    openWindow({
      libraryNotices: [
        {
          stays: true,
          problem: {
            code: 'library-newer',
            message: 'This library was written by a newer Understudy.',
            advice: 'Its takes can be looked at.',
          },
        },
      ],
    })
    const banner = await screen.findByRole('alert')
    expect(banner).toHaveTextContent(
      'This library was written by a newer Understudy. Its takes can be looked at.',
    )
  })
})
