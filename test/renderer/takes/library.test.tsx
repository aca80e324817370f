import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { useApp } from '../../../src/renderer/state/store.ts'
import { unmarked } from '../../../src/shared/domain/marks.ts'
import { fail, ok } from '../../../src/shared/outcome.ts'
import { aTake } from '../../support/library/a-take.ts'
import { grid, idOf, openLibrary, poster, some } from '../../support/window/open-library.tsx'
import { later, openWindow, type OpenWindow } from '../../support/window/open-window.tsx'

const marked = (studio: OpenWindow) => studio.askedFor('take:mark').flatMap(({ requests }) => requests)

describe('A window too slim for the list of boards', () => {
  it('offers the boards and all takes at the top instead, and the trash', async () => {
    const studio = openWindow({ takes: some })
    await screen.findByRole('button', { name: 'Try the sample' })
    vi.stubGlobal('matchMedia', (query: string) => ({
      matches: query === '(max-width: 759px)',
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
    }))
    await act(async () => {
      await useApp.getState().makeBoard('Best', [idOf(3)])
    })
    await studio.user.keyboard('{Control>}3{/Control}')
    await poster(/^Take 1/)
    expect(screen.queryByRole('navigation', { name: 'Boards' })).toBeNull()
    const boards = grid().getByRole('combobox', { name: 'Board' })
    await studio.user.selectOptions(boards, 'Best (1)')
    await waitFor(() => {
      expect(grid().queryByRole('button', { name: /^Take 1/ })).toBeNull()
    })
    expect(await poster(/^Take 3/)).toBeVisible()
    await studio.user.selectOptions(boards, 'All takes')
    expect(await poster(/^Take 1/)).toBeVisible()
    await studio.user.click(grid().getByRole('button', { name: 'Trash' }))
    expect(await screen.findByRole('dialog', { name: 'Trash' })).toBeVisible()
  })
})

describe('Marks by keys', () => {
  it('go to the take whose poster has the focus, show at once and are taken back', async () => {
    const studio = await openLibrary()
    const fox = await poster(/^Take 3, fox/)
    fox.focus()
    await studio.user.keyboard('4p')
    expect(await poster(/^Take 3, fox.+Done, 4 stars, picked$/)).toBe(fox)
    expect(marked(studio)).toEqual([
      { takes: [idOf(3)], change: { stars: 4 } },
      { takes: [idOf(3)], change: { flag: 'pick' } },
    ])
    await studio.user.click(await screen.findByRole('button', { name: 'Undo' }))
    expect(await poster(/^Take 3, fox.+Done, 4 stars$/)).toBe(fox)
  })

  it('go to all that are selected, and the keys of undo take them back together', async () => {
    const studio = await openLibrary()
    await studio.user.click(await poster(/^Take 3/))
    await studio.user.keyboard('{Shift>}')
    await studio.user.click(await poster(/^Take 1/))
    await studio.user.keyboard('{/Shift}x')
    expect(await screen.findByText('3 takes: rejected.')).toBeVisible()
    expect(grid().getAllByRole('button', { name: /rejected$/ })).toHaveLength(3)
    await studio.user.keyboard('{Control>}z{/Control}')
    await waitFor(() => {
      expect(grid().queryByRole('button', { name: /rejected$/ })).toBeNull()
    })
  })

  it('are what the keys of undo mean before they are saved', async () => {
    const studio = await openLibrary()
    const fox = await poster(/^Take 3, fox/)
    fox.focus()
    await studio.user.keyboard('2')
    expect(await screen.findByText('Take 3: 2 stars.')).toBeVisible()
    const held = later<null>()
    let kept = { ...unmarked, take: idOf(3), number: 3, boards: [], stars: 2 }
    studio.answer('take:mark', async ({ requests }) => {
      await held.promise
      const before = [kept]
      kept = { ...kept, stars: requests[0]?.change.stars ?? 0 }
      return ok({ before, after: [kept] })
    })
    await studio.user.keyboard('5')
    expect(fox).toHaveAccessibleName(/5 stars$/)
    await studio.user.keyboard('{Control>}z{/Control}')
    held.settle(null)
    await waitFor(() => {
      expect(fox).toHaveAccessibleName(/2 stars$/)
    })
  })

  it('never act while something is typed', async () => {
    const studio = await openLibrary()
    await studio.user.click(await poster(/^Take 3/))
    await studio.user.type(screen.getByRole('searchbox', { name: 'Search takes' }), 'px5')
    expect(marked(studio)).toEqual([])
  })

  it('are taken out of sight again where they could not be saved', async () => {
    const studio = await openLibrary()
    studio.answer('take:mark', async () => fail('disk-full', 'There is no room.'))
    const fox = await poster(/^Take 3, fox/)
    fox.focus()
    await studio.user.keyboard('5')
    expect(await screen.findByText('There is no room.')).toBeVisible()
    expect(fox).toHaveAccessibleName(/Done$/)
  })

  it('put a take onto the board used last, and ask for one the first time', async () => {
    const studio = await openLibrary()
    await studio.user.click(await poster(/^Take 3/))
    await studio.user.keyboard('b')
    const dialog = await screen.findByRole('dialog', { name: 'Put on a board' })
    await studio.user.type(within(dialog).getByRole('textbox', { name: 'Name of the board' }), 'Best{Enter}')
    expect(await screen.findByText('Take 3: on board “Best”.')).toBeVisible()
    await studio.user.click(await poster(/^Take 1/))
    await studio.user.keyboard('b')
    expect(await screen.findByText('Take 1: on board “Best”.')).toBeVisible()
    expect(useApp.getState().boards.map(({ takes }) => takes)).toEqual([[idOf(3), idOf(1)]])
  })
})

describe('The search of the library', () => {
  it('finds by words and conditions, shows these as chips, and lets them go', async () => {
    const studio = await openLibrary()
    const search = screen.getByRole('searchbox', { name: 'Search takes' })
    await studio.user.type(search, 'state:done ')
    await waitFor(() => {
      expect(grid().queryByRole('button', { name: /^Take 2,/ })).toBeNull()
    })
    await studio.user.type(search, 'fox')
    await waitFor(() => {
      expect(grid().queryByRole('button', { name: /^Take 1,/ })).toBeNull()
    })
    expect(grid().getByText('1 of 3')).toBeVisible()
    await studio.user.clear(search)
    await studio.user.click(screen.getByRole('button', { name: 'Remove the filter Done' }))
    expect(await poster(/^Take 2/)).toBeVisible()
    expect(search).toHaveFocus()
  })

  it('names what it cannot read, and keeps what it found', async () => {
    const studio = await openLibrary()
    await poster(/^Take 3/)
    await studio.user.type(screen.getByRole('searchbox', { name: 'Search takes' }), 'stars>=9')
    expect(await screen.findByText(/“stars>=9” is not a filter\. Compare with 0 to 5/)).toBeVisible()
    expect(await poster(/^Take 3/)).toBeVisible()
  })

  it('does not look for the name of a condition while the condition is typed', async () => {
    const studio = await openLibrary()
    await studio.user.type(screen.getByRole('searchbox', { name: 'Search takes' }), 'stars')
    expect(await poster(/^Take 3/)).toBeVisible()
  })

  it('says so where nothing fits, and shows all takes again', async () => {
    const studio = await openLibrary()
    await studio.user.type(screen.getByRole('searchbox', { name: 'Search takes' }), 'nothing')
    expect(await screen.findByText('No take fits this search.')).toBeVisible()
    await studio.user.click(screen.getByRole('button', { name: 'Show all takes' }))
    expect(await poster(/^Take 3/)).toBeVisible()
  })

  it('lets go of what is selected and no longer found', async () => {
    const studio = await openLibrary()
    await poster(/^Take 3/)
    await studio.user.keyboard('{Control>}a{/Control}')
    expect(await screen.findByText('3 selected')).toBeVisible()
    await studio.user.type(screen.getByRole('searchbox', { name: 'Search takes' }), 'hero')
    expect(await screen.findByText('1 selected')).toBeVisible()
    expect(useApp.getState().selection.ids).toEqual([idOf(1)])
  })
})

describe('Several takes in the library', () => {
  it('are selected with Shift and arrows, and tagged together', async () => {
    const studio = await openLibrary()
    const first = await poster(/^Take 3/)
    first.focus()
    await studio.user.keyboard('{Shift>}{ArrowRight}{/Shift}')
    expect(await screen.findByText('2 selected')).toBeVisible()
    await studio.user.click(screen.getByRole('button', { name: 'Tags' }))
    const dialog = await screen.findByRole('dialog', { name: 'Tags of 2 takes' })
    await studio.user.type(within(dialog).getByRole('combobox', { name: 'Tags' }), 'red coat{Enter}')
    await studio.user.click(await within(dialog).findByRole('button', { name: 'Remove the tag red coat' }))
    expect(marked(studio)).toEqual([
      { takes: [idOf(3), idOf(2)], change: { addTags: ['red coat'] } },
      { takes: [idOf(3), idOf(2)], change: { removeTags: ['red coat'] } },
    ])
  })
})

describe('A board', () => {
  it('takes posters that are dropped on it, shows only them, and comes back after it was deleted', async () => {
    const studio = await openLibrary()
    await studio.user.click(screen.getByRole('button', { name: 'New board' }))
    await studio.user.type(await screen.findByRole('textbox', { name: 'Name of the board' }), 'Best{Enter}')
    const boards = within(screen.getByRole('navigation', { name: 'Boards' }))
    const best = await boards.findByRole('button', { name: /^Best/ })
    const carried = {
      types: ['application/x-understudy-takes'],
      getData: () => JSON.stringify([idOf(1)]),
      files: [],
    }
    fireEvent.drop(best, { dataTransfer: carried })
    expect(await screen.findByText('Take 1: on board “Best”.')).toBeVisible()
    await studio.user.click(best)
    await waitFor(() => {
      expect(grid().queryByRole('button', { name: /^Take 3,/ })).toBeNull()
    })
    await studio.user.click(boards.getByRole('button', { name: 'More about the board Best' }))
    await studio.user.click(await screen.findByRole('menuitem', { name: 'Delete the board' }))
    expect(await poster(/^Take 3/)).toBeVisible()
    await studio.user.click(await screen.findByRole('button', { name: 'Undo' }))
    await waitFor(() => {
      expect(useApp.getState().boards).toMatchObject([{ name: 'Best', takes: [idOf(1)] }])
    })
  })

  it('is not made under a name that another one has', async () => {
    const studio = await openLibrary()
    await act(() => useApp.getState().makeBoard('Best', []))
    await studio.user.click(screen.getByRole('button', { name: 'New board' }))
    await studio.user.type(await screen.findByRole('textbox', { name: 'Name of the board' }), 'best{Enter}')
    expect(await screen.findByRole('alert')).toHaveTextContent('You already have a board “best”.')
  })
})

describe('What you say about a take', () => {
  it('is written in the sheet that the menu leads to, and saved when a field is left', async () => {
    const studio = await openLibrary()
    await studio.user.click(await grid().findByRole('button', { name: 'More about take 3' }))
    await studio.user.click(await screen.findByRole('menuitem', { name: /^Rename…/ }))
    const name = await screen.findByRole('textbox', { name: 'Name' })
    await waitFor(() => {
      expect(name).toHaveFocus()
    })
    await studio.user.keyboard('Night walk')
    await studio.user.click(screen.getByRole('textbox', { name: 'Note' }))
    await studio.user.keyboard('The left hand')
    await studio.user.click(screen.getByRole('button', { name: 'Close the details' }))
    expect(marked(studio)).toEqual([
      { takes: [idOf(3)], change: { name: 'Night walk' } },
      { takes: [idOf(3)], change: { note: 'The left hand' } },
    ])
    expect(await poster(/^Take 3, “Night walk”/)).toBeVisible()
  })
})

describe('A library of thousands', () => {
  it('is read in pages: no more takes than are needed, no more posters than are in sight', async () => {
    const takes = Array.from({ length: 5000 }, (_, index) =>
      aTake({ id: idOf(index + 1), state: index === 0 ? 'NEEDS_USER' : 'DONE' }),
    )
    const studio = await openLibrary({ takes })
    expect(await poster(/^Take 5000/)).toBeVisible()
    expect(grid().getAllByRole('button', { name: /^Take \d+/ }).length).toBeLessThan(300)
    const { takes: known, takeOrder } = useApp.getState()
    expect(takeOrder).toHaveLength(5000)
    expect(Object.keys(known)).toHaveLength(201)
    expect(known[idOf(1)]?.state).toBe('NEEDS_USER')
    await studio.user.selectOptions(screen.getByRole('combobox', { name: 'Sort the takes' }), 'oldest')
    expect(await poster(/^Take 2,/)).toBeVisible()
    expect(studio.askedFor('library:page').flatMap((asked) => asked.takes)).toContain(idOf(2))
  })
})
