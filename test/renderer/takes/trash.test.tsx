import { act, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { useApp } from '../../../src/renderer/state/store.ts'
import { unmarked } from '../../../src/shared/domain/marks.ts'
import { fail, ok } from '../../../src/shared/outcome.ts'
import { grid, idOf, openLibrary, poster, some } from '../../support/window/open-library.tsx'
import type { OpenWindow } from '../../support/window/open-window.tsx'

const shown = () =>
  grid()
    .getAllByRole('button', { name: /^Take \d/ })
    .map((one) => (one.getAttribute('aria-label') ?? one.textContent).slice(0, 6))

const openTrash = async (studio: OpenWindow) => {
  await studio.user.click(screen.getByRole('button', { name: 'Trash' }))
  return within(await screen.findByRole('dialog', { name: 'Trash' }))
}

describe('A trashed take', () => {
  it('leaves the library by a key, and comes back by one press', async () => {
    const studio = await openLibrary()
    await studio.user.click(await poster(/^Take 3, fox/))
    await studio.user.keyboard('{Delete}')
    expect(await screen.findByText('Take 3: in the trash.')).toBeVisible()
    expect(shown()).toEqual(['Take 2', 'Take 1'])
    expect(useApp.getState().selection.ids).toEqual([])
    await studio.user.click(screen.getByRole('button', { name: 'Undo' }))
    expect(await poster(/^Take 3, fox/)).toBeVisible()
    expect(studio.askedFor('take:restore')).toEqual([{ takes: [idOf(3)] }])
  })

  it('leaves the focus on the next one, and on the one before where it was the last', async () => {
    const studio = await openLibrary()
    const last = await poster(/^Take 1, hero/)
    ;(await poster(/^Take 2/)).focus()
    await studio.user.keyboard('{Delete}')
    await screen.findByText('Take 2: in the trash.')
    expect(last).toHaveFocus()
    await studio.user.keyboard('{Delete}')
    await screen.findByText('Take 1: in the trash.')
    expect(await poster(/^Take 3/)).toHaveFocus()
  })

  it('goes together with the others that are selected, by its menu', async () => {
    const studio = await openLibrary()
    await poster(/^Take 3/)
    await studio.user.keyboard('{Control>}a{/Control}')
    await studio.user.click(grid().getByRole('button', { name: 'More about take 2' }))
    await studio.user.click(await screen.findByRole('menuitem', { name: /^Move 3 takes to trash/ }))
    expect(await screen.findByText('3 takes: in the trash.')).toBeVisible()
    expect(studio.askedFor('take:trash')).toEqual([{ takes: [idOf(3), idOf(2), idOf(1)] }])
    expect(await screen.findByRole('button', { name: 'Make a take' })).toBeVisible()
  })

  it('is no longer on the stage, in a sheet or in a comparison', async () => {
    await openLibrary()
    await poster(/^Take 3/)
    act(() => {
      useApp.setState({
        room: 'compare',
        openTakeId: idOf(3),
        comparedWith: [idOf(1)],
        stageTakeId: idOf(3),
        detailsTakeId: idOf(3),
      })
      useApp.getState().takesTrashed([idOf(3)])
    })
    expect(useApp.getState()).toMatchObject({
      room: 'make',
      openTakeId: null,
      comparedWith: [],
      stageTakeId: null,
      detailsTakeId: null,
    })
  })

  it('comes back by undo to where it was: a comparison of several, the stage, what was selected', async () => {
    const studio = await openLibrary()
    await poster(/^Take 3/)
    const shownBefore = {
      openTakeId: idOf(3),
      comparedWith: [idOf(1)],
      stageTakeId: idOf(3),
      selection: { ids: [idOf(3), idOf(1)], anchor: idOf(3) },
    }
    act(() => {
      useApp.setState(shownBefore)
    })
    await act(() => useApp.getState().trashTakes([idOf(3)]))
    expect(useApp.getState()).toMatchObject({ openTakeId: null, stageTakeId: null })
    await studio.user.click(screen.getByRole('button', { name: 'Undo' }))
    await waitFor(() => {
      expect(useApp.getState()).toMatchObject(shownBefore)
    })
  })

  it('leaves the place that the user went to meanwhile', async () => {
    const studio = await openLibrary()
    await studio.user.click(await poster(/^Take 3/))
    await studio.user.keyboard('{Delete}')
    await screen.findByText('Take 3: in the trash.')
    await studio.user.click(await poster(/^Take 1/))
    await studio.user.click(screen.getByRole('button', { name: 'Undo' }))
    await poster(/^Take 3/)
    expect(useApp.getState().selection.ids).toEqual([idOf(1)])
  })

  it('stays where the core can’t trash it, with the reason', async () => {
    const studio = await openLibrary()
    studio.answer('take:trash', async () => fail('usage', 'Its files are still online.'))
    await studio.user.click(await poster(/^Take 3/))
    await studio.user.keyboard('{Delete}')
    expect(await screen.findByText('Its files are still online.')).toBeVisible()
    expect(shown()).toEqual(['Take 3', 'Take 2', 'Take 1'])
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull()
  })

  it('leaves its result in a folder that the user chose, and says so', async () => {
    const studio = await openLibrary()
    studio.answer('take:trash', async ({ takes }) => ok({ takes, resultsStay: takes }))
    await studio.user.click(await poster(/^Take 3/))
    await studio.user.keyboard('{Delete}')
    expect(await screen.findByText(/Results in folders that you chose stay there/)).toBeVisible()
  })

  it('leaves a window in which another program trashed it', async () => {
    const studio = await openLibrary()
    await poster(/^Take 3/)
    act(() => {
      studio.announce('takes:trashed', [idOf(2)])
    })
    await waitFor(() => {
      expect(useApp.getState().takeOrder).toEqual([idOf(3), idOf(1)])
    })
  })

  it('is gone after a break in which it was trashed', async () => {
    const studio = await openLibrary()
    await poster(/^Take 3/)
    await act(async () => {
      await studio.bridge.ask['take:trash']({ takes: [idOf(1)] })
      useApp.setState({ takes: Object.fromEntries(some.map((take) => [take.id, take])) })
      await useApp.getState().readTakes()
    })
    expect(Object.keys(useApp.getState().takes).toSorted()).toEqual([idOf(2), idOf(3)])
  })
})

describe('The trash', () => {
  it('shows what is in it, and brings one back', async () => {
    const studio = await openLibrary()
    await studio.user.click(await poster(/^Take 1/))
    await studio.user.keyboard('{Delete}')
    const trash = await openTrash(studio)
    expect(trash.getByText('hero.png')).toBeVisible()
    await studio.user.click(trash.getByRole('button', { name: 'Restore Take 1' }))
    expect(await screen.findByText('Take 1: back in the library.')).toBeVisible()
    expect(trash.getByText('The trash is empty.')).toBeVisible()
    await studio.user.click(trash.getAllByRole('button', { name: 'Close' })[0]!)
    expect(await poster(/^Take 1, hero/)).toBeVisible()
  })

  it('is emptied after a question, and says where its takes are', async () => {
    const studio = await openLibrary()
    await studio.user.click(await poster(/^Take 1/))
    await studio.user.keyboard('{Delete}')
    const trash = await openTrash(studio)
    await studio.user.click(trash.getByRole('button', { name: 'Empty the trash…' }))
    const question = within(await screen.findByRole('alertdialog', { name: 'Empty the trash of 1 take?' }))
    expect(studio.askedFor('library:empty-trash')).toEqual([])
    await studio.user.click(question.getByRole('button', { name: 'Empty the trash' }))
    expect(await screen.findByText('You find its takes in the bin of your system.')).toBeVisible()
    expect(studio.askedFor('library:empty-trash')).toEqual([{ takes: [idOf(1)] }])
  })

  it('shows what another program puts into it while it is open', async () => {
    const studio = await openLibrary()
    await poster(/^Take 3/)
    const trash = await openTrash(studio)
    expect(trash.getByText('The trash is empty.')).toBeVisible()
    await act(async () => {
      await studio.bridge.ask['take:trash']({ takes: [idOf(2)] })
    })
    expect(await trash.findByRole('button', { name: 'Restore Take 2' })).toBeVisible()
  })

  it('keeps what the system’s bin did not take, and says why', async () => {
    const studio = await openLibrary()
    studio.answer('library:trash', async () =>
      ok([
        {
          take: some[0]!,
          marks: { ...unmarked, take: idOf(1), number: 1, boards: [] },
          trashedAt: '2026-11-20T12:00:00.000Z',
        },
      ]),
    )
    studio.answer('library:empty-trash', async () =>
      ok({
        binned: [],
        left: [{ take: idOf(1), problem: { code: 'folder-unwritable', message: 'There is no bin.' } }],
      }),
    )
    const trash = await openTrash(studio)
    await studio.user.click(trash.getByRole('button', { name: 'Empty the trash…' }))
    await studio.user.click(await screen.findByRole('button', { name: 'Empty the trash' }))
    expect(await screen.findByText('There is no bin.')).toBeVisible()
    expect(trash.getByRole('button', { name: 'Restore Take 1' })).toBeVisible()
  })

  it('is reached from the settings, which say when it is emptied', async () => {
    const studio = await openLibrary()
    await studio.user.keyboard('{Control>},{/Control}')
    await studio.user.click(await screen.findByRole('tab', { name: 'Storage' }))
    await studio.user.selectOptions(await screen.findByRole('combobox', { name: 'Empty the trash' }), 'Never')
    expect(studio.askedFor('settings:change').at(-1)).toEqual({ change: { trashDays: null } })
    await studio.user.click(screen.getByRole('button', { name: 'Show the trash…' }))
    expect(await screen.findByText(/until you empty the trash/)).toBeVisible()
  })
})

describe('What is kept of takes', () => {
  it('is a support pack, saved by our own dialog under a free name', async () => {
    const studio = await openLibrary({ takes: some, nativeDialogs: false })
    await studio.user.click(await grid().findByRole('button', { name: 'More about take 3' }))
    await studio.user.click(await screen.findByRole('menuitem', { name: 'Save support pack…' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Save the support pack' }))
    expect(dialog.getByRole('textbox', { name: /name/i })).toHaveValue('hero-dance-1-support.zip')
  })

  it('is the result in our own dialog, also while something else is done with the take', async () => {
    const studio = await openLibrary({ takes: some, nativeDialogs: false })
    await poster(/^Take 3/)
    await act(() => useApp.getState().saveResult(idOf(3)))
    useApp.setState({ pendingActions: { [idOf(3)]: 'take:check-again' } })
    const { fileQuestion } = useApp.getState()
    if (fileQuestion?.purpose !== 'save') throw new Error('the dialog is open')
    expect(await fileQuestion.save(`d_${'a'.repeat(22)}`, 'x.mp4')).toBeNull()
    expect(studio.askedFor('result:save')).toHaveLength(1)
  })

  it('is a contact sheet of all that are selected, in their order', async () => {
    const studio = await openLibrary()
    await poster(/^Take 3/)
    await studio.user.keyboard('{Control>}a{/Control}')
    await studio.user.click(await screen.findByRole('button', { name: 'Save a contact sheet…' }))
    expect(await screen.findByText(/^Saved as/)).toBeVisible()
    expect(studio.askedFor('library:contact-sheet')).toEqual([
      { takes: [idOf(3), idOf(2), idOf(1)], folder: null, name: null },
    ])
  })
})
