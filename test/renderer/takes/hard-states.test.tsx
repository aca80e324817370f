import { act, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { fail, ok, type Problem } from '../../../src/shared/outcome.ts'
import { useApp } from '../../../src/renderer/state/store.ts'
import { aTake } from '../../support/library/a-take.ts'
import { openWindow } from '../../support/window/open-window.tsx'
import { detailsOf as rowOf } from '../../support/window/take-details.ts'
import { paid, idOf, studio as aStudio } from '../../support/window/scene-takes.ts'

const fullDisk = paid(1, 'highway', {
  state: 'HELD',
  resume: 'REMOTE_DONE',
  heldUntil: '2026-11-21T15:04:40.000Z',
  resultUntil: '2026-11-21T15:51:00.000Z',
  problem: { code: 'disk-full', message: 'Only 38 MB are free, and 412 MB are needed.' },
})

describe('A result that waits for room', () => {
  it('counts down to its next try and to the end of its life, without a word from the core', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true, now: Date.parse('2026-11-21T15:04:00.000Z') })
    try {
      openWindow(aStudio(fullDisk))
      const row = await rowOf(fullDisk)
      expect(row).toHaveTextContent('The download resumes automatically when there is space.')
      expect(row).toHaveTextContent('Only 38 MB are free, and 412 MB are needed.')
      expect(within(row).getByRole('timer', { name: 'Next try' })).toHaveTextContent(
        /^Retrying in (40|39) s\.$/,
      )
      expect(row).toHaveTextContent(/keeps the result until today, .+ \((47|46) min left\)\./)
      act(() => {
        vi.advanceTimersByTime(60_000)
      })
      expect(within(row).getByRole('timer', { name: 'Next try' })).toHaveTextContent('Retrying now.')
      expect(row).toHaveTextContent(/\((46|45) min left\)/)
      act(() => {
        vi.advanceTimersByTime(60 * 60_000)
      })
      expect(row).toHaveTextContent(/kept the result until .+\. Understudy is still trying\./)
    } finally {
      vi.useRealTimers()
    }
  })

  it('is moved by the system’s own dialog where there is one, once for a double click', async () => {
    const studio = openWindow({ ...aStudio(fullDisk), nativeDialogs: true })
    const row = await rowOf(fullDisk)
    await studio.user.dblClick(within(row).getByRole('button', { name: 'Another folder…' }))
    expect(studio.askedFor('take:save-elsewhere')).toEqual([{ take: fullDisk.id, folder: null }])
    await waitFor(() => {
      expect(row).toHaveTextContent('Finished at the provider')
    })
  })

  it('stays where it is when the dialog is closed, and says why a folder is not good', async () => {
    const studio = openWindow({ ...aStudio(fullDisk), nativeDialogs: true })
    studio.answer('take:save-elsewhere', async () => ok(null))
    const row = await rowOf(fullDisk)
    await studio.user.click(within(row).getByRole('button', { name: 'Another folder…' }))
    expect(row).toHaveTextContent('The download needs disk space')
    studio.answer('take:save-elsewhere', async () =>
      fail('folder-unwritable', 'The folder cannot be written to.'),
    )
    await studio.user.click(within(row).getByRole('button', { name: 'Another folder…' }))
    expect(await screen.findByRole('alert')).toHaveTextContent('The folder cannot be written to.')
  })

  it('is looked at again at once when the user asks, once for a double click', async () => {
    const studio = openWindow(aStudio(fullDisk))
    const row = await rowOf(fullDisk)
    await studio.user.dblClick(within(row).getByRole('button', { name: 'Check again' }))
    expect(studio.askedFor('take:check-again')).toEqual([{ take: fullDisk.id }])
  })

  it('is given up only after it was said that it is paid for', async () => {
    const studio = openWindow(aStudio(fullDisk))
    const row = await rowOf(fullDisk)
    await studio.user.click(within(row).getByRole('button', { name: 'Give up…' }))
    expect(await screen.findByRole('alertdialog')).toHaveTextContent(
      'The provider has finished the result and you paid for it, but it won’t be downloaded.',
    )
    expect(studio.askedFor('take:give-up')).toEqual([])
  })
})

describe('A hold', () => {
  it.each([
    ['READY', ['Check again', 'Cancel']],
    ['UNKNOWN', ['Check again', 'Give up…']],
    ['ACKED', ['Check again', 'Stop following…']],
    ['REMOTE_DONE', ['Check again', 'Another folder…', 'Give up…']],
    ['VERIFIED', ['Check again']],
  ] as const)('that goes back to %s offers only what the core would do', async (resume, buttons) => {
    openWindow(aStudio(paid(1, 'kling', { ...fullDisk, settings: aTake().settings, resume })))
    const row = await rowOf(fullDisk)
    expect(
      within(row)
        .getAllByRole('button')
        .map((button) => button.textContent),
    ).toEqual(buttons)
  })
})

describe('A question about a task that the provider knows', () => {
  it('offers no new attempt, which would surely be paid besides it', async () => {
    openWindow(aStudio(paid(1, 'kling', { state: 'NEEDS_USER', taskId: 'task-7' })))
    const row = await rowOf(fullDisk)
    expect(row).toHaveTextContent('count it as charged')
    expect(within(row).queryByRole('button', { name: 'Submit again…' })).toBeNull()
    expect(within(row).getByRole('button', { name: 'Copy the task id task-7' })).toBeVisible()
  })

  it('takes one of the tasks that could be it with its id filled in, and asks before it follows it', async () => {
    const problem: Problem = { code: 'outcome-unknown', message: 'Which?', detail: 'q-1, q-2' }
    const take = paid(1, 'oxen', { state: 'NEEDS_USER', taskId: null, problem })
    const studio = openWindow(aStudio(take))
    const row = await rowOf(take)
    await studio.user.click(within(row).getByRole('button', { name: 'It is q-2…' }))
    expect(screen.getByRole('textbox', { name: 'Task id' })).toHaveValue('q-2')
    expect(studio.askedFor('take:adopt')).toEqual([])
    await studio.user.click(screen.getByRole('button', { name: 'Follow this task' }))
    expect(studio.askedFor('take:adopt')).toEqual([{ take: take.id, task: 'q-2' }])
  })
})

describe('An earlier attempt that had started after all', () => {
  it('leads to the take that it belongs to, whatever is being searched for', async () => {
    const parent = paid(1, 'kling', { state: 'ACKED', attempt: 2 })
    const others = [2, 3, 4, 5, 6, 7].map((number) =>
      paid(number, 'kling', { state: 'DONE', characterName: 'x.png' }),
    )
    const part = paid(8, 'kling', { state: 'ACKED', partOf: parent.id, characterName: 'part.png' })
    const studio = openWindow(aStudio(parent, ...others, part))
    const row = await rowOf(part)
    act(() => {
      useApp.getState().changeLibraryView({ typedFilter: 'part.png' })
    })
    expect(row).toHaveTextContent(
      /Earlier attempt of “fox\.png performs waltz\.mp4”.+The provider may have charged you for both attempts\./,
    )
    await studio.user.click(within(row).getByRole('button', { name: 'Show that take' }))
    expect(await screen.findByRole('article', { name: /fox\.png/ })).toBeVisible()
    expect(screen.getByRole('complementary', { name: 'About take 1' })).toBeVisible()
    expect(useApp.getState().typedFilter).toBe('')
  })
})

describe('A result that is no longer where it was', () => {
  it('is said at its take, can be fetched once more or elsewhere, and is forgotten once it is shown again', async () => {
    const take = paid(1, 'kling', { state: 'DONE', resultFolder: 'USB stick' })
    const studio = openWindow({ ...aStudio(take), nativeDialogs: true })
    const gone = fail('file-missing', 'The result is no longer in USB stick.', { advice: 'Plug it in.' })
    studio.answer('result:reveal', async () => gone)
    const row = await rowOf(take)
    expect(row).toHaveTextContent('The result is in “USB stick”.')
    await studio.user.click(within(row).getByRole('button', { name: 'Show in folder' }))
    expect(await within(row).findByText('The result is no longer in USB stick.')).toBeVisible()
    expect(row).not.toHaveTextContent('The result is in')
    studio.answer('take:check-again', async () =>
      ok({ ...take, state: 'ACKED', since: '2026-11-21T15:04:00.000Z' }),
    )
    await studio.user.dblClick(within(row).getByRole('button', { name: 'Download again' }))
    expect(studio.askedFor('take:check-again')).toEqual([{ take: take.id }])
    expect(await within(row).findByText('Generating')).toBeVisible()
    expect(row).not.toHaveTextContent('no longer in USB stick')
  })
})

describe('A studio that was started again', () => {
  const before = paid(1, 'kling', { state: 'ACKED', since: '2026-11-21T14:00:00.000Z' })

  it('says of a task from before that it went on', async () => {
    openWindow({ ...aStudio(before), startedAt: '2026-11-21T15:00:00.000Z' })
    expect(await rowOf(before)).toHaveTextContent('It kept running at Kling while Understudy was closed.')
  })

  it('does not say so where only the window was opened again', async () => {
    openWindow({ ...aStudio(before), startedAt: '2026-11-21T13:00:00.000Z' })
    expect(await rowOf(before)).not.toHaveTextContent('while Understudy was closed')
  })
})

describe('What is said about the whole window', () => {
  const broken: Problem = {
    code: 'library-damaged',
    message: 'The disk failed.',
    advice: 'Restart Understudy.',
  }
  const bucket: Problem = { code: 'clip-unreachable', message: 'One file is still in your bucket.' }
  const clock: Problem = { code: 'provider-silent', message: 'The clock is wrong.' }

  it('is one thing at a time; what is not about money can be put away, and the next one is then shown', async () => {
    const studio = openWindow({
      libraryNotices: [
        { problem: bucket, stays: false },
        { problem: clock, stays: false },
      ],
    })
    expect(await screen.findByRole('alert')).toHaveTextContent('One file is still in your bucket.')
    await studio.user.click(screen.getByRole('button', { name: 'Dismiss' }))
    expect(screen.getByRole('alert')).toHaveTextContent('The clock is wrong.')
    await studio.user.click(screen.getByRole('button', { name: 'Dismiss' }))
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('cannot be put away where it is about money, and the others can still be read behind it', async () => {
    const studio = openWindow({
      libraryNotices: [
        { problem: broken, stays: true },
        { problem: clock, stays: false },
      ],
    })
    expect(await screen.findByRole('alert')).toHaveTextContent('The disk failed. Restart Understudy.')
    expect(screen.queryByRole('button', { name: 'Dismiss' })).toBeNull()
    await studio.user.click(screen.getByRole('button', { name: '1 more' }))
    expect(screen.getByRole('alert')).toHaveTextContent('The clock is wrong.')
  })

  it('appears while the window is open, with the task that only the screen knows', async () => {
    const take = paid(1, 'kling', { state: 'WIRE', taskId: null })
    const studio = openWindow(aStudio(take))
    await rowOf(take)
    expect(screen.queryByRole('alert')).toBeNull()
    const about = await studio.bridge.ask['app:about']({})
    if (about.ok)
      studio.answer('app:about', async () =>
        ok({ ...about.value, libraryNotices: [{ problem: broken, stays: true }] }),
      )
    const problem = { ...broken, detail: 'Task 790-7\ndisk I/O error' }
    act(() => {
      studio.announce('take:changed', { ...take, problem })
    })
    const banner = await screen.findByRole('alert')
    expect(banner).toHaveTextContent('The disk failed.')
    expect(within(banner).getByText('790-7')).toBeVisible()
    await studio.user.click(within(banner).getByRole('button', { name: 'Copy the task id 790-7' }))
    expect(await navigator.clipboard.readText()).toBe('790-7')
    expect(within(banner).getByText('Copied')).toBeVisible()
    act(() => {
      studio.announce('take:changed', {
        ...take,
        state: 'ACKED',
        taskId: '790-7',
        since: '2026-11-21T15:00:00.000Z',
      })
    })
    expect(within(screen.getByRole('alert')).queryByText('790-7')).toBeNull()
  })

  it('names the task of a take that a full disk keeps from being noted down, until it is', async () => {
    const problem: Problem = {
      code: 'disk-full',
      message: 'The take of waltz.mp4 has started. The disk is full.',
      detail: 'Task 790-8',
    }
    const take = paid(1, 'kling', { state: 'WIRE', taskId: null, problem })
    const studio = openWindow(aStudio(take))
    expect(await screen.findByRole('alert')).toHaveTextContent(/The disk is full\..*Task 790-8/)
    act(() => {
      studio.announce('take:changed', {
        ...take,
        state: 'ACKED',
        problem: null,
        since: '2026-11-21T15:00:00.000Z',
      })
    })
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('is asked about again when the window is looked at', async () => {
    const studio = openWindow({ takes: [] })
    await screen.findByRole('region', { name: 'Takes' })
    const asked = studio.askedFor('app:about').length
    act(() => {
      window.dispatchEvent(new Event('focus'))
    })
    expect(studio.askedFor('app:about')).toHaveLength(asked + 1)
  })

  it('says that this computer is offline, and takes it back', async () => {
    openWindow({ takes: [paid(1, 'kling', { id: idOf(1), state: 'ACKED' })] })
    await screen.findByRole('region', { name: 'Takes' })
    const online = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
    act(() => {
      window.dispatchEvent(new Event('offline'))
    })
    expect(screen.getByText('Offline')).toBeVisible()
    online.mockRestore()
    act(() => {
      window.dispatchEvent(new Event('online'))
    })
    expect(screen.queryByText('Offline')).toBeNull()
  })
})
