import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { chooseShortcuts } from '../../../src/renderer/lib/shortcuts.ts'
import type { Preset } from '../../../src/shared/domain/preset.ts'
import { fail } from '../../../src/shared/outcome.ts'
import { aTake } from '../../support/library/a-take.ts'
import type { FakeBridgeOptions } from '../../support/window/fake-answers.ts'
import { openWindow } from '../../support/window/open-window.tsx'

afterEach(() => {
  chooseShortcuts({})
})

async function openSettings(section: string, options: FakeBridgeOptions = {}) {
  const studio = openWindow(options)
  await studio.user.click(await screen.findByRole('button', { name: 'Settings and about' }))
  await studio.user.click(await screen.findByRole('tab', { name: section }))
  return studio
}

const changes = (studio: Awaited<ReturnType<typeof openSettings>>) =>
  studio.askedFor('settings:change').map(({ change }) => change)

describe('The settings', () => {
  it('have their sections in a list that the arrow keys walk', async () => {
    const { user } = await openSettings('General')
    await user.keyboard('{ArrowDown}')
    expect(screen.getByRole('tab', { name: 'Files' })).toHaveAttribute('aria-selected', 'true')
    expect(await screen.findByText('Library folder')).toBeVisible()
  })

  it('choose what is open after a start', async () => {
    const studio = await openSettings('General')
    await studio.user.click(screen.getByRole('radio', { name: 'Nothing' }))
    expect(changes(studio)).toEqual([{ startUp: 'empty' }])
  })

  it('begin takes with a preset when nothing is open', async () => {
    const preset: Preset = {
      name: 'Slow',
      choices: {
        provider: 'practice',
        model: 'practice',
        orientation: 'video',
        mode: 'std',
        keepSound: false,
        fit: { short: null, aspect: 'pad', crop: null, background: '#ffffff' },
      },
    }
    const studio = await openSettings('Takes', { settings: { presets: [preset] } })
    await studio.user.selectOptions(screen.getByRole('combobox', { name: 'New takes start with' }), 'Slow')
    expect(changes(studio)).toEqual([{ startPreset: 'Slow' }])
  })

  it('lead to the limits', async () => {
    const { user } = await openSettings('Takes', { settings: { guards: { perTake: null, perDay: 5 } } })
    expect(screen.getByText('5.00 USD')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Change limits…' }))
    expect(await screen.findByLabelText('Ask me before a day costs more than')).toHaveValue('5')
    expect(screen.queryByRole('heading', { name: 'Settings' })).toBeNull()
  })
})

/** What is played, note by note, with its level. */
function listen(): readonly number[] {
  const played: number[] = []
  const level = {
    setValueAtTime: () => undefined,
    linearRampToValueAtTime: (to: number) => played.push(to),
    exponentialRampToValueAtTime: () => undefined,
  }
  const node = { connect: (next: unknown) => next, start: () => undefined, stop: () => undefined }
  vi.stubGlobal(
    'AudioContext',
    class {
      currentTime = 0
      destination = {}
      resume = () => Promise.resolve()
      close = () => Promise.resolve()
      createOscillator = () => ({ ...node, frequency: { value: 0 } })
      createGain = () => ({ ...node, gain: level })
    },
  )
  return played
}

describe('The sound', () => {
  const running = aTake({ state: 'ACKED' })
  const done = { ...running, state: 'DONE' as const }

  it('is heard when a take is done, at the chosen volume', async () => {
    const studio = openWindow({ takes: [running], settings: { volume: 0.6 } })
    await screen.findByRole('button', { name: 'Settings and about' })
    const played = listen()
    act(() => {
      studio.announce('take:changed', { ...running, progress: 0.5 })
    })
    expect(played).toEqual([])
    act(() => {
      studio.announce('take:changed', done)
    })
    await waitFor(() => {
      expect(played).toEqual([0.3, 0.3])
    })
  })

  it('is off where the user wants none, and can be tried', async () => {
    const studio = await openSettings('Takes', { takes: [running], settings: { volume: 1 } })
    const played = listen()
    await studio.user.click(screen.getByRole('switch', { name: /^Play a sound/ }))
    await waitFor(() => {
      expect(changes(studio)).toEqual([{ notificationSound: false }])
    })
    act(() => {
      studio.announce('take:changed', done)
    })
    await studio.user.click(screen.getByRole('button', { name: 'Test sound' }))
    await waitFor(() => {
      expect(played).toEqual([0.5, 0.5])
    })
  })
})

describe('The name of saved files', () => {
  it('is shown on the newest take while it is typed, and kept only while it is usable', async () => {
    const take = aTake({ state: 'DONE', characterName: 'fox.png', clipName: 'walk.mov' })
    const studio = await openSettings('Files', { takes: [take] })
    const field = screen.getByRole('textbox', { name: 'Name of saved files' })
    expect(screen.getByText('Example: fox-walk-1.mp4')).toBeVisible()
    fireEvent.change(field, { target: { value: '{clip}_{n}' } })
    expect(await screen.findByText('Example: walk_1.mp4')).toBeVisible()
    fireEvent.change(field, { target: { value: '{clip}/{what}' } })
    expect(await screen.findByText(/contains a slash/)).toBeVisible()
    expect(changes(studio)).toEqual([{ resultName: '{clip}_{n}' }])
  })
})

describe('The save folder', () => {
  it('is chosen in the system’s dialog and can be given back', async () => {
    const { user, askedFor } = await openSettings('Files')
    await user.click(screen.getByRole('button', { name: 'Choose…' }))
    expect(await screen.findByText('/home/me/Takes')).toBeVisible()
    expect(askedFor('save-folder:choose')).toEqual([{ folder: null }])
    await user.click(screen.getByRole('button', { name: 'Use Downloads' }))
    expect(await screen.findByText('Your Downloads folder')).toBeVisible()
  })

  it('is chosen in our own dialog where the system has none', async () => {
    const studio = await openSettings('Files', { nativeDialogs: false })
    await studio.user.click(screen.getByRole('button', { name: 'Choose…' }))
    expect(await screen.findByRole('dialog', { name: 'Choose a folder for saved files' })).toBeVisible()
    expect(studio.askedFor('save-folder:choose')).toEqual([])
  })
})

describe('The shortcuts', () => {
  const keys = (name: string) => screen.getByRole('button', { name: new RegExp(`^Keys for “${name}”`) })

  it('are found by name and by keys', async () => {
    const { user } = await openSettings('Shortcuts')
    const field = screen.getByRole('searchbox', { name: 'Search shortcuts' })
    await user.type(field, 'ctrl+k')
    expect(screen.getAllByRole('listitem').map((row) => row.textContent)).toEqual([
      expect.stringContaining('Accounts, clip hosts, prices and spending'),
    ])
    await user.clear(field)
    await user.type(field, 'nothing like it')
    expect(screen.getByText('No shortcut has this name or these keys.')).toBeVisible()
  })

  it('are recorded by pressing them, work at once, and are reset one by one', async () => {
    const studio = await openSettings('Shortcuts')
    await studio.user.click(keys('Settings'))
    fireEvent.keyDown(keys('Settings'), { key: 'j', ctrlKey: true })
    await waitFor(() => {
      expect(changes(studio)).toEqual([{ shortcuts: { 'window.settings': { key: 'j', primary: true } } }])
    })
    expect(keys('Settings')).toHaveAccessibleName('Keys for “Settings”: Ctrl+J')
    await studio.user.keyboard('{Escape}')
    await waitFor(() => {
      expect(screen.queryByRole('dialog')).toBeNull()
    })
    fireEvent.keyDown(document.body, { key: 'j', ctrlKey: true })
    await studio.user.click(await screen.findByRole('tab', { name: 'Shortcuts' }))
    await studio.user.click(screen.getByRole('button', { name: 'Reset “Settings”' }))
    await waitFor(() => {
      expect(keys('Settings')).toHaveAccessibleName('Keys for “Settings”: Ctrl+,')
    })
  })

  it('end the recording with Escape, which leaves the settings open', async () => {
    const studio = await openSettings('Shortcuts')
    await studio.user.click(keys('Settings'))
    expect(keys('Settings')).toHaveAccessibleName('Keys for “Settings”: Press keys…')
    await studio.user.keyboard('{Escape}')
    expect(keys('Settings')).toHaveAccessibleName('Keys for “Settings”: Ctrl+,')
    expect(screen.getByRole('dialog', { name: 'Settings' })).toBeVisible()
    expect(changes(studio)).toEqual([])
  })

  it('name who has the keys, and take them only when asked', async () => {
    const studio = await openSettings('Shortcuts')
    await studio.user.click(keys('Settings'))
    fireEvent.keyDown(keys('Settings'), { key: 'o', ctrlKey: true })
    const alert = await screen.findByRole('alert')
    expect(alert).toHaveTextContent('Ctrl+O already does: Choose a character or a clip.')
    expect(changes(studio)).toEqual([])
    await studio.user.click(within(alert).getByRole('button', { name: 'Use it here' }))
    await waitFor(() => {
      expect(keys('Choose a character or a clip')).toHaveAccessibleName(/No keys$/)
    })
    expect(keys('Settings')).toHaveAccessibleName('Keys for “Settings”: Ctrl+O')
    await studio.user.click(screen.getByRole('button', { name: 'Reset all' }))
    expect(changes(studio).at(-1)).toEqual({ shortcuts: {} })
  })

  it('refuse keys that everybody needs', async () => {
    const studio = await openSettings('Shortcuts')
    await studio.user.click(keys('Settings'))
    fireEvent.keyDown(keys('Settings'), { key: 'c', ctrlKey: true })
    expect(await screen.findByRole('alert')).toHaveTextContent('Ctrl+C: These keys belong to the system.')
    expect(changes(studio)).toEqual([])
  })
})

describe('Storage', () => {
  it('shows what each part takes, and clears what can be made again', async () => {
    const { user, askedFor } = await openSettings('Storage')
    expect(await screen.findByText('Together: 1.51 GB')).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Clear Takes' })).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Clear Playback copies' }))
    expect(await screen.findByText('Together: 1.2 GB')).toBeVisible()
    expect(askedFor('storage:clear')).toEqual([{ part: 'viewing' }])
  })
})

describe('Help', () => {
  it('saves the diagnostics and says where', async () => {
    const { user } = await openSettings('Help')
    await user.click(screen.getByRole('button', { name: 'Save diagnostics…' }))
    expect(await screen.findByText('Saved as “understudy-diagnostics-2026-11-20.txt”.')).toBeInTheDocument()
  })

  it('says why they could not be saved', async () => {
    const studio = await openSettings('Help')
    studio.answer('diagnostics:save', async () => fail('disk-full', 'There isn’t enough space.'))
    await studio.user.click(screen.getByRole('button', { name: 'Save diagnostics…' }))
    expect(await screen.findByText('There isn’t enough space.')).toBeInTheDocument()
  })
})
