import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { Element } from '../../../src/shared/domain/account.ts'
import { fail, ok } from '../../../src/shared/outcome.ts'
import { findModel } from '../../../src/shared/rules/models.ts'
import { defaultTakeSettings, type TakeSettings } from '../../../src/shared/domain/take.ts'
import { aCharacter, aClip } from '../../support/clips/facts.ts'
import { anAccount } from '../../support/window/fake-account-answers.ts'
import {
  practiceProvider,
  remoteProvider,
  type FakeBridgeOptions,
} from '../../support/window/fake-answers.ts'
import { openWindow, type OpenWindow } from '../../support/window/open-window.tsx'

// A double keeps neither of these apart from its neighbour.
const longId = '812345678901234567'

const anElement = (different: Partial<Element> = {}): Element => ({
  id: longId,
  name: 'Mara',
  description: 'A fencer in white',
  own: true,
  pending: false,
  picture: '/media/mara',
  ...different,
})

/** The window with the two sample files and a model of Kling. */
async function openWith(
  options: FakeBridgeOptions = {},
  settings: Partial<TakeSettings> = {},
): Promise<OpenWindow> {
  const lastTake: TakeSettings = {
    ...defaultTakeSettings,
    provider: 'kling',
    model: findModel('kling')?.model ?? '',
    orientation: 'video',
    ...settings,
  }
  const studio = openWindow({
    providers: [
      practiceProvider,
      remoteProvider('kling'),
      remoteProvider('kling-gateway'),
      remoteProvider('oxen'),
    ],
    accounts: [anAccount('kling')],
    sample: {
      character: { name: 'hero.png', facts: aCharacter() },
      clip: { name: 'dance.mp4', facts: aClip() },
    },
    settings: { lastTake },
    ...options,
  })
  await studio.user.click(await screen.findByRole('button', { name: 'Try the sample' }))
  await screen.findByRole('form', { name: 'Settings of the take' })
  return studio
}

const lastChecked = ({ askedFor }: OpenWindow) => askedFor('take:check').at(-1)?.settings
const chosen = () => screen.getByRole('group', { name: /^Element/ })

async function openLibrary(studio: OpenWindow) {
  await studio.user.click(screen.getByRole('button', { name: 'Choose from the library…' }))
  return screen.findByRole('dialog', { name: 'Choose an element' })
}

describe('An element named by its id', () => {
  it('reaches the check with every digit', async () => {
    const studio = await openWith()
    expect(chosen()).toHaveTextContent('None')
    await studio.user.type(screen.getByRole('textbox', { name: 'Element id' }), longId)
    await waitFor(() => {
      expect(lastChecked(studio)?.elements).toEqual([longId])
    })
    expect(chosen()).toHaveTextContent(longId)
  })

  it('that is not only digits says so, and nothing older is used in its place', async () => {
    const studio = await openWith()
    const field = screen.getByRole('textbox', { name: 'Element id' })
    await studio.user.type(field, '12x')
    expect(field).toBeInvalid()
    expect(screen.getByRole('alert')).toHaveTextContent('at most 19 digits')
    expect(field).toHaveValue('12x')
    await waitFor(() => {
      expect(lastChecked(studio)?.elements).toEqual([])
    })
    expect(chosen()).toHaveTextContent('None')
  })

  it('is taken out again', async () => {
    const studio = await openWith({}, { elements: [longId] })
    await studio.user.click(screen.getByRole('button', { name: 'Remove the element' }))
    expect(chosen()).toHaveTextContent('None')
    expect(screen.getByRole('textbox', { name: 'Element id' })).toHaveValue('')
  })

  it('offers the orientation it needs', async () => {
    const studio = await openWith({}, { orientation: 'image', elements: [longId] })
    expect(chosen()).toHaveTextContent('Elements only work with Video orientation.')
    await studio.user.click(within(chosen()).getByRole('button', { name: 'Switch to Video' }))
    await waitFor(() => {
      expect(lastChecked(studio)).toMatchObject({ orientation: 'video', elements: [longId] })
    })
    expect(screen.queryByRole('button', { name: 'Switch to Video' })).toBeNull()
  })

  it('is not asked for where the model knows no elements', async () => {
    await openWith({}, { provider: 'oxen', model: findModel('oxen')?.model ?? '' })
    expect(screen.queryByRole('textbox', { name: 'Element id' })).toBeNull()
  })

  it('is the only way where the library cannot be looked into', async () => {
    await openWith(
      { accounts: [anAccount('kling-gateway')] },
      { provider: 'kling-gateway', model: findModel('kling-gateway')?.model ?? '' },
    )
    expect(screen.getByRole('textbox', { name: 'Element id' })).toBeInTheDocument()
    expect(screen.queryByRole('button', { name: 'Choose from the library…' })).toBeNull()
  })
})

describe('The library of elements', () => {
  it('cannot be opened without an account', async () => {
    await openWith({ accounts: [] })
    expect(screen.queryByRole('button', { name: 'Choose from the library…' })).toBeNull()
  })

  it('is chosen from by picture', async () => {
    const studio = await openWith({ elements: [anElement()] })
    const dialog = await openLibrary(studio)
    const mara = await within(dialog).findByRole('button', { name: 'Mara' })
    expect(mara.querySelector('img')).toHaveAttribute('src', '/media/mara')
    await studio.user.click(mara)
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(chosen()).toHaveTextContent('Mara')
    expect(chosen().querySelector('img')).toHaveAttribute('src', '/media/mara')
    await waitFor(() => {
      expect(lastChecked(studio)?.elements).toEqual([longId])
    })
  })

  it('shows what is being made without letting it be chosen', async () => {
    const studio = await openWith({ elements: [anElement({ name: '', pending: true, picture: null })] })
    const dialog = await openLibrary(studio)
    const pending = await within(dialog).findByRole('button', { name: 'Being made' })
    await studio.user.click(pending)
    expect(pending).toBeDisabled()
    expect(dialog).toBeVisible()
    expect(within(dialog).queryByRole('button', { name: /^Delete/ })).toBeNull()
  })

  it('has Kling’s presets beside one’s own, page by page, and these cannot be deleted', async () => {
    const studio = await openWith()
    studio.answer('element:list', async ({ from, page }) =>
      ok({
        elements: [
          anElement({ id: `${longId}${String(page)}`, name: `Preset ${String(page)}`, own: from === 'own' }),
        ],
        more: page < 2,
      }),
    )
    const dialog = await openLibrary(studio)
    await studio.user.click(within(dialog).getByRole('tab', { name: 'Kling’s presets' }))
    expect(await within(dialog).findByRole('button', { name: 'Preset 1' })).toBeVisible()
    await studio.user.click(within(dialog).getByRole('button', { name: 'More' }))
    expect(await within(dialog).findByRole('button', { name: 'Preset 2' })).toBeVisible()
    expect(within(dialog).getByRole('button', { name: 'Preset 1' })).toBeVisible()
    expect(within(dialog).queryByRole('button', { name: 'More' })).toBeNull()
    expect(within(dialog).queryByRole('button', { name: /^Delete/ })).toBeNull()
  })

  it('deletes one of the user’s own only after a question, and lets go of it where it was chosen', async () => {
    const studio = await openWith({ elements: [anElement()] }, { elements: [longId] })
    const dialog = await openLibrary(studio)
    await studio.user.click(await within(dialog).findByRole('button', { name: 'Delete Mara' }))
    const question = await screen.findByRole('alertdialog', { name: 'Delete “Mara”?' })
    expect(studio.askedFor('element:remove')).toEqual([])
    await studio.user.click(within(question).getByRole('button', { name: 'Delete' }))
    expect(studio.askedFor('element:remove')).toEqual([{ account: 'kling-1', element: longId }])
    expect(await within(dialog).findByText(/You have no elements yet/)).toBeVisible()
    await studio.user.click(within(dialog).getByRole('button', { name: 'Close' }))
    expect(chosen()).toHaveTextContent('None')
  })

  it('says in a sentence why it cannot be shown, with the provider’s words as text', async () => {
    const studio = await openWith()
    studio.answer('element:list', async () =>
      fail('account-rights', 'This account may not use elements.', {
        advice: 'Ask Kling to open them.',
        detail: '<b>no package</b>',
      }),
    )
    const dialog = await openLibrary(studio)
    const alert = await within(dialog).findByRole('alert')
    expect(alert).toHaveTextContent('This account may not use elements.')
    expect(alert).toHaveTextContent('Ask Kling to open them.')
    expect(within(alert).getByText('<b>no package</b>')).toBeVisible()
    expect(within(dialog).queryByText(/You have no elements yet/)).toBeNull()
  })
})

describe('A new element', () => {
  const pictures = ['front.png', 'side.png']

  async function startOne(names: readonly string[] = pictures) {
    const studio = await openWith()
    const files = names.map((name) =>
      studio.addFile({ name, facts: name.endsWith('.mp4') ? aClip() : aCharacter() }),
    )
    studio.answer('file:choose', async () => ok(files.splice(0, 1)))
    const dialog = await openLibrary(studio)
    await studio.user.click(within(dialog).getByRole('button', { name: 'Make one…' }))
    return { studio, dialog, tokens: files.map(({ token }) => token) }
  }

  it('is made from a name, a description and at least two pictures, and takes a while', async () => {
    const { studio, dialog, tokens } = await startOne()
    const make = within(dialog).getByRole('button', { name: 'Make the element' })
    await studio.user.type(within(dialog).getByRole('textbox', { name: 'Name' }), 'Mara')
    await studio.user.type(within(dialog).getByRole('textbox', { name: 'Description' }), 'A fencer')
    await studio.user.click(within(dialog).getByRole('button', { name: 'Choose the frontal image' }))
    await within(dialog).findByRole('button', { name: /^frontal image: front\.png/ })
    expect(make).toBeDisabled()
    await studio.user.click(within(dialog).getByRole('button', { name: 'Choose the second image' }))
    await within(dialog).findByRole('button', { name: /^second image: side\.png/ })
    await studio.user.click(make)
    const [frontal, other] = tokens
    expect(studio.askedFor('element:create')).toEqual([
      { account: 'kling-1', name: 'Mara', description: 'A fencer', frontal, others: [other] },
    ])
    expect(await within(dialog).findByText('Kling is making “Mara” now.')).toBeVisible()
    expect(await within(dialog).findByRole('button', { name: 'Mara, being made' })).toBeDisabled()
    const before = studio.askedFor('element:list').length
    await studio.user.click(within(dialog).getByRole('button', { name: 'Look again' }))
    expect(studio.askedFor('element:list')).toHaveLength(before + 1)
  })

  it('is not made from a video', async () => {
    const { studio, dialog } = await startOne(['dance.mp4'])
    await studio.user.click(within(dialog).getByRole('button', { name: 'Choose the frontal image' }))
    expect(await within(dialog).findByRole('alert')).toHaveTextContent('“dance.mp4” is a video.')
    expect(within(dialog).getByRole('button', { name: 'Choose the frontal image' })).toBeVisible()
  })

  it('keeps what was entered when it could not be made', async () => {
    const { studio, dialog } = await startOne()
    studio.answer('element:create', async () => fail('provider-refused', 'The face was not found.'))
    await studio.user.type(within(dialog).getByRole('textbox', { name: 'Name' }), 'Mara')
    await studio.user.type(within(dialog).getByRole('textbox', { name: 'Description' }), 'A fencer')
    await studio.user.click(within(dialog).getByRole('button', { name: 'Choose the frontal image' }))
    await within(dialog).findByRole('button', { name: /^frontal image: front\.png/ })
    await studio.user.click(within(dialog).getByRole('button', { name: 'Choose the second image' }))
    await within(dialog).findByRole('button', { name: /^second image: side\.png/ })
    await studio.user.click(within(dialog).getByRole('button', { name: 'Make the element' }))
    expect(await within(dialog).findByRole('alert')).toHaveTextContent('The face was not found.')
    expect(within(dialog).getByRole('textbox', { name: 'Name' })).toHaveValue('Mara')
    expect(within(dialog).getByRole('button', { name: 'Make the element' })).toBeEnabled()
  })
})

describe('A callback address', () => {
  const field = () => screen.getByRole('textbox', { name: /Callback address/ })

  it.each(['https://example.com/done?take=1', 'http://127.0.0.1:8080/done', 'http://localhost/done'])(
    'goes along with the take: %s',
    async (address) => {
      const studio = await openWith()
      await studio.user.type(field(), address)
      await waitFor(() => {
        expect(lastChecked(studio)?.callbackUrl).toBe(address)
      })
      await studio.user.clear(field())
      await waitFor(() => {
        expect(lastChecked(studio)?.callbackUrl).toBeNull()
      })
    },
  )

  it.each(['http://example.com/done', 'ftp://example.com', 'example.com', 'http://127.0.0.1.example.com/'])(
    'that cannot be called is refused, and the one before is not sent either: %s',
    async (address) => {
      const studio = await openWith({}, { callbackUrl: 'https://example.com/before' })
      await studio.user.clear(field())
      await studio.user.paste(address)
      expect(field()).toHaveValue(address)
      expect(field()).toBeInvalid()
      await waitFor(() => {
        expect(lastChecked(studio)?.callbackUrl).toBeNull()
      })
    },
  )

  it('is asked for only where the provider calls one', async () => {
    await openWith({}, { provider: 'practice', model: 'practice' })
    expect(screen.queryByRole('textbox', { name: /Callback address/ })).toBeNull()
  })
})
