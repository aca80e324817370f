import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { ok } from '../../../src/shared/outcome.ts'
import { emptyQueue, type Queue, type QueueItem } from '../../../src/shared/domain/queue.ts'
import { aCharacter, aClip } from '../../support/clips/facts.ts'
import { openWindow, type OpenWindow } from '../../support/window/open-window.tsx'
import { aQueueItem } from '../../support/window/queue-scenes.ts'

const queueOf = (...items: readonly QueueItem[]): Queue => ({ ...emptyQueue, items })
const rowOf = (number: number) =>
  screen.findByRole('article', { name: new RegExp(`dance ${String(number)}\\.mp4`) })

async function openQueue(queue: Queue): Promise<OpenWindow> {
  const studio = openWindow({}, (fake) => {
    fake.answer('queue:read', async () => ok(queue))
  })
  await studio.user.click(await screen.findByRole('button', { name: /^Queue/ }))
  await screen.findByRole('dialog', { name: 'Queue' })
  return studio
}

async function drop(studio: OpenWindow, ...names: readonly string[]) {
  await screen.findByRole('button', { name: 'Try the sample' })
  const refs = names.map((name) => studio.addFile({ name }))
  fireEvent.drop(document.body, {
    dataTransfer: { types: ['Files'], files: names.map((name) => new File(['x'], name)) },
  })
  return refs
}

describe('The queue', () => {
  it('says of each what it is, where it stands, how long it takes and why it failed', async () => {
    const problem = { code: 'file-missing' as const, message: 'It went away.', advice: 'Put it back.' }
    await openQueue(
      queueOf(
        aQueueItem(1, { state: 'done' }),
        aQueueItem(2, { state: 'failed', problem }),
        aQueueItem(3, { state: 'running', progress: 0.46, eta: 41 }),
        aQueueItem(4),
      ),
    )
    expect(await rowOf(1)).toHaveTextContent('Prepared')
    expect(await rowOf(2)).toHaveTextContent('It went away. Put it back.')
    expect(await rowOf(3)).toHaveTextContent('46% · about 41 s left')
    expect(within(await rowOf(3)).getByRole('progressbar')).toHaveAttribute('aria-valuenow', '46')
    expect(await rowOf(4)).toHaveTextContent('Waiting')
    expect(screen.getByText('1 of 4 prepared, 1 failed.')).toBeVisible()
    // The name of the folder alone would not tell one shoot from another.
    expect(within(await rowOf(4)).getByTitle('dance shoot/prepared/dance 4-kling')).toBeVisible()
  })

  it('is moved, cancelled, tried again, shown and cleared by its buttons', async () => {
    const studio = await openQueue(
      queueOf(
        aQueueItem(1, { state: 'done' }),
        aQueueItem(2, { state: 'failed' }),
        aQueueItem(3),
        aQueueItem(4),
        aQueueItem(5),
      ),
    )
    // Each answer of this studio empties the list, so it is told anew each time.
    const press = async (name: RegExp) => {
      act(() => {
        studio.announce(
          'queue:changed',
          queueOf(
            aQueueItem(1, { state: 'done' }),
            aQueueItem(2, { state: 'failed' }),
            aQueueItem(3),
            aQueueItem(4),
            aQueueItem(5),
          ),
        )
      })
      await studio.user.click(await screen.findByRole('button', { name }))
    }
    const id = (number: number) => aQueueItem(number).id
    await press(/^Earlier: .*dance 4/)
    await press(/^Later: .*dance 3/)
    await press(/^Later: .*dance 4/)
    expect(studio.askedFor('queue:move')).toEqual([
      { item: id(4), before: id(3) },
      { item: id(3), before: id(5) },
      { item: id(4), before: null },
    ])
    await press(/^Cancel: .*dance 5/)
    await press(/^Try again: .*dance 2/)
    await press(/^Show the files: .*dance 1/)
    await press(/^Clear finished/)
    expect(studio.askedFor('queue:cancel')).toEqual([{ item: id(5) }])
    expect(studio.askedFor('queue:retry')).toEqual([{ item: id(2) }])
    expect(studio.askedFor('queue:reveal')).toEqual([{ item: id(1) }])
    expect(studio.askedFor('queue:clear')).toHaveLength(1)
  })

  it('cannot be moved beyond its ends', async () => {
    const studio = await openQueue(queueOf(aQueueItem(1, { state: 'running' }), aQueueItem(2), aQueueItem(3)))
    expect(await screen.findByRole('button', { name: /^Earlier: .*dance 2/ })).toHaveAttribute(
      'aria-disabled',
      'true',
    )
    const later = screen.getByRole('button', { name: /^Later: .*dance 3/ })
    expect(later).toHaveAttribute('aria-disabled', 'true')
    await studio.user.click(later)
    expect(studio.askedFor('queue:move')).toEqual([])
    expect(screen.queryByRole('button', { name: /^Later: .*dance 1/ })).toBeNull()
  })

  it('pauses and goes on, and says why it paused by itself', async () => {
    const studio = await openQueue(queueOf(aQueueItem(1, { state: 'running' }), aQueueItem(2)))
    await studio.user.click(screen.getByRole('button', { name: 'Pause after current' }))
    act(() => {
      studio.announce('queue:changed', {
        ...queueOf(aQueueItem(2)),
        paused: true,
        pausedBy: { code: 'disk-full', message: 'The disk is full.' },
      })
    })
    expect(await screen.findByRole('alert')).toHaveTextContent('The disk is full.')
    await studio.user.click(screen.getByRole('button', { name: 'Resume' }))
    expect(studio.askedFor('queue:pause')).toEqual([{ paused: true }, { paused: false }])
  })

  it('is named with what is still to be made, before it is opened', async () => {
    openWindow({}, (fake) => {
      fake.answer('queue:read', async () => ok(queueOf(aQueueItem(1), aQueueItem(2, { state: 'done' }))))
    })
    expect(await screen.findByRole('button', { name: 'Queue: 1 to prepare' })).toBeVisible()
  })
})

describe('Several files dropped', () => {
  it('are offered to the queue before any of them is read, one character with every clip', async () => {
    const studio = openWindow()
    await drop(studio, 'hero.png', 'one.mp4', 'two.mp4')
    const dialog = await screen.findByRole('dialog', { name: 'Several files dropped' })
    expect(dialog).toHaveTextContent('1 character and 2 clips make 2 preparations, one after another.')
    expect(studio.askedFor('file:inspect')).toEqual([])
    const name = within(dialog).getByRole('textbox', { name: 'Folder name' })
    expect(name).toHaveValue('{clip}')
    await studio.user.clear(name)
    await studio.user.type(name, '{{clip}-{{take}')
    expect(dialog).toHaveTextContent('no field {take}')
    expect(within(dialog).getByRole('button', { name: 'Choose a folder…' })).toBeDisabled()
    await studio.user.clear(name)
    await studio.user.type(name, '{{clip}-{{n}')
    await studio.user.click(within(dialog).getByRole('button', { name: 'Choose a folder…' }))
    await screen.findByRole('dialog', { name: 'Queue' })
    const [added] = studio.askedFor('queue:add')
    expect(added).toMatchObject({ folder: null, name: '{clip}-{n}' })
    expect(added?.entries).toHaveLength(2)
    expect(new Set(added?.entries.map(({ character }) => character)).size).toBe(1)
    expect(new Set(added?.entries.map(({ clip }) => clip)).size).toBe(2)
  })

  it('say beforehand what becomes of clips that are too short, for all of them at once', async () => {
    const studio = openWindow()
    await drop(studio, 'hero.png', 'one.mp4', 'two.mp4')
    const choice = await screen.findByRole('combobox', { name: 'If a clip is shorter than 3 s' })
    expect(choice).toHaveDisplayValue('Skip it; the queue shows why')
    await studio.user.selectOptions(choice, 'Lengthen: Forward and back')
    await studio.user.click(screen.getByRole('button', { name: 'Choose a folder…' }))
    await screen.findByRole('dialog', { name: 'Queue' })
    const [added] = studio.askedFor('queue:add')
    expect(added?.entries.map(({ settings }) => settings.fit.short)).toEqual(['boomerang', 'boomerang'])
  })

  it('can still be one take: the first of each is used', async () => {
    const studio = openWindow()
    const [hero, one] = await drop(studio, 'hero.png', 'one.mp4', 'two.mp4')
    await studio.user.click(await screen.findByRole('button', { name: 'Use only the first files' }))
    await waitFor(() => {
      expect(studio.askedFor('file:inspect')).toEqual([
        { file: hero?.token },
        { file: one?.token, as: 'clip' },
      ])
    })
    expect(studio.askedFor('queue:add')).toEqual([])
    expect(screen.queryByRole('dialog')).toBeNull()
  })
})

describe('Prepare without generating', () => {
  it('puts what lies in the form into the queue, with its part and its settings', async () => {
    const studio = openWindow()
    await studio.user.click(await screen.findByRole('button', { name: 'Try the sample' }))
    await studio.user.click(await screen.findByRole('button', { name: 'Prepare only…' }))
    await studio.user.click(await screen.findByRole('button', { name: 'Choose a folder…' }))
    await screen.findByRole('dialog', { name: 'Queue' })
    const [added] = studio.askedFor('queue:add')
    const [checked] = studio.askedFor('take:check').slice(-1)
    expect(added).toMatchObject({ entries: [checked], name: '{clip}' })
    expect(studio.askedFor('take:submit')).toEqual([])
  })

  it('asks how a part that is too short is lengthened before it goes into the queue', async () => {
    const studio = openWindow({
      sample: {
        character: { name: 'fox.png', facts: aCharacter() },
        clip: { name: 'short.mp4', facts: aClip({ duration: 2, frames: 60 }) },
      },
    })
    await studio.user.click(await screen.findByRole('button', { name: 'Try the sample' }))
    const open = await screen.findByRole('button', { name: 'Prepare only…' })
    await waitFor(() => {
      expect(open).toBeEnabled()
    })
    await studio.user.click(open)
    const go = await screen.findByRole('button', { name: 'Choose a folder…' })
    expect(go).toBeDisabled()
    await studio.user.selectOptions(
      screen.getByRole('combobox', { name: 'The part is shorter than 3 s' }),
      'Lengthen: Play slower',
    )
    await studio.user.click(go)
    await screen.findByRole('dialog', { name: 'Queue' })
    const [added] = studio.askedFor('queue:add')
    expect(added?.entries).toMatchObject([{ settings: { fit: { short: 'slow-down' } } }])
  })

  it('of a file that no provider setting makes fit says so instead of failing in the queue', async () => {
    const studio = openWindow({
      sample: {
        character: { name: 'fox.png', facts: aCharacter({ width: 40, height: 40 }) },
        clip: { name: 'dance.mp4', facts: aClip() },
      },
    })
    await studio.user.click(await screen.findByRole('button', { name: 'Try the sample' }))
    const open = await screen.findByRole('button', { name: 'Prepare only…' })
    await waitFor(() => {
      expect(open).toBeEnabled()
    })
    await studio.user.click(open)
    const dialog = await screen.findByRole('dialog', { name: 'Prepare without generating' })
    expect(within(dialog).getByRole('alert')).toHaveTextContent(/at least 300 px/)
    expect(within(dialog).getByRole('button', { name: 'Choose a folder…' })).toBeDisabled()
  })
})

describe('Presets', () => {
  it('bring settings back, are kept under a name and removed', async () => {
    const studio = openWindow()
    await studio.user.click(await screen.findByRole('button', { name: 'Try the sample' }))
    const open = async () => studio.user.click(await screen.findByRole('button', { name: 'Presets' }))
    await studio.user.click(await screen.findByRole('radio', { name: /video/i }))
    await open()
    await studio.user.type(
      await screen.findByRole('textbox', { name: /^Save the current settings/ }),
      'phone',
    )
    await studio.user.click(screen.getByRole('button', { name: 'Save' }))
    const [kept] = studio.askedFor('settings:change').slice(-1)
    expect(kept).toMatchObject({
      change: { presets: [{ name: 'phone', choices: { provider: 'practice', orientation: 'video' } }] },
    })
    await studio.user.click(await screen.findByRole('button', { name: 'Use Practice · Practice' }))
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(await screen.findByRole('radio', { name: /picture/i })).toBeChecked()
    await open()
    await studio.user.click(await screen.findByRole('button', { name: 'Use phone' }))
    expect(await screen.findByRole('radio', { name: /video/i })).toBeChecked()
    await open()
    await studio.user.click(await screen.findByRole('button', { name: 'Remove phone' }))
    expect(studio.askedFor('settings:change').at(-1)).toEqual({ change: { presets: [] } })
  })
})
