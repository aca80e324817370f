import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { useApp } from '../../../src/renderer/state/store.ts'
import type { HostView } from '../../../src/shared/domain/delivery.ts'
import { fail, ok } from '../../../src/shared/outcome.ts'
import { anAccount, someHosts } from '../../support/window/fake-account-answers.ts'
import { aClip } from '../../support/clips/facts.ts'
import { unfold, type OpenWindow } from '../../support/window/open-window.tsx'
import {
  generateButton,
  lastTime,
  reason,
  waitUntilReady,
  windowWithSample,
} from '../../support/window/paid-window.tsx'

const host = (name: string) => screen.findByRole('radio', { name })
const own = 'Your own link'
const bucketMissing = 'No bucket is set up yet. Set up a bucket, or choose another clip host.'
const withoutBucket: readonly HostView[] = someHosts.map((view) =>
  view.id === 's3' ? { ...view, missing: bucketMissing } : view,
)
const storage: HostView = {
  id: 'provider',
  name: 'The provider’s own storage',
  privacy: 'The provider keeps the file in its own storage.',
  missing: 'This account has no storage of the provider.',
  maxBytes: 5_000_000,
}
const kling = { accounts: [anAccount('kling')], settings: lastTime('kling') }
const oxen = { accounts: [anAccount('oxen')], settings: lastTime('oxen', {}, { prompt: 'A stage.' }) }

async function submit({ user, askedFor }: OpenWindow) {
  await waitUntilReady()
  await user.click(generateButton())
  const question = await screen.findByRole('alertdialog')
  await user.click(within(question).getByRole('button', { name: /^Generate/ }))
  await waitFor(() => {
    expect(askedFor('take:submit')).toHaveLength(1)
  })
  return askedFor('take:submit')[0]?.delivery
}

const type = (label: string, value: string) => {
  fireEvent.change(screen.getByRole('textbox', { name: label }), { target: { value } })
}

describe('The choice of a clip host', () => {
  it('says of each host who will see the file, and nothing is chosen for the user', async () => {
    await windowWithSample(kling)
    expect(await host('Your S3 bucket')).not.toBeChecked()
    expect(await host('Your S3 bucket')).toHaveAccessibleDescription(
      'The file lies in your own bucket and is deleted when the take ends.',
    )
    await reason('Choose how Kling gets your files.')
  })

  it('shows first what takes least to set up, with the command that installs it, and looks again', async () => {
    const studio = await windowWithSample({ ...kling, hosts: withoutBucket })
    await host('Your S3 bucket')
    const hosts = within(screen.getByRole('group', { name: 'How Kling gets your files' }))
    expect(hosts.getAllByRole('radio').map((radio) => radio.getAttribute('aria-label'))).toEqual([
      'A Cloudflare tunnel to this computer',
      own,
      'Your S3 bucket',
    ])
    expect(hosts.getAllByText('recommended')).toHaveLength(1)
    expect(hosts.getByText(/^sudo curl .*cloudflared/)).toBeVisible()
    const looks = studio.askedFor('host:list').length
    await studio.user.click(hosts.getByRole('button', { name: 'Check again' }))
    expect(studio.askedFor('host:list')).toHaveLength(looks + 1)
  })

  it('sends exactly the host that was chosen, and keeps it for the next time', async () => {
    const studio = await windowWithSample(kling)
    await studio.user.click(await host('Your S3 bucket'))
    expect(await submit(studio)).toEqual({ host: 's3', clipUrl: null, characterUrl: null })
    expect(studio.askedFor('settings:change')[0]?.change).toEqual({
      lastDelivery: { host: 's3', clipUrl: null, characterUrl: null },
    })
  })

  it('disables a host that lacks something, with the reason and the way to mend it', async () => {
    const studio = await windowWithSample({ ...kling, hosts: [...withoutBucket, storage] })
    expect(await host('Your S3 bucket')).toBeDisabled()
    expect(await host('Your S3 bucket')).toHaveAccessibleDescription(new RegExp(bucketMissing))
    expect(await host('A Cloudflare tunnel to this computer')).toHaveAccessibleDescription(
      /cloudflared isn’t installed/,
    )
    await studio.user.click(screen.getByRole('button', { name: 'Set up a bucket' }))
    expect(useApp.getState().accountsPlace).toEqual({ section: 'clip-hosts', provider: null })
    act(() => {
      useApp.getState().closeAccounts()
    })
    await studio.user.click(screen.getByRole('button', { name: 'Open the account' }))
    expect(useApp.getState().accountsPlace).toEqual({ section: 'accounts', provider: 'kling' })
  })

  it('shows only the one of the last take, and the others when asked for', async () => {
    const studio = await windowWithSample({ ...kling, settings: lastTime('kling', { host: 's3' }) })
    expect(await host('Your S3 bucket')).toBeChecked()
    unfold('files')
    expect(screen.getByText(/The file lies in your own bucket/)).toBeVisible()
    expect(screen.queryByRole('radio', { name: own })).toBeNull()
    const others = screen.getByRole('button', { name: 'More options' })
    expect(others).toHaveAttribute('aria-expanded', 'false')
    await studio.user.click(others)
    await studio.user.click(await host(own))
    expect(screen.getByRole('radio', { name: own })).toHaveFocus()
    expect(screen.getByRole('radio', { name: 'Your S3 bucket' })).toBeVisible()
  })

  it('does not send the host of the last take when it cannot be used any more', async () => {
    const studio = await windowWithSample({
      ...kling,
      settings: lastTime('kling', { host: 's3' }),
      hosts: withoutBucket,
    })
    expect(await host('Your S3 bucket')).not.toBeChecked()
    await reason('Choose how Kling gets your files.')
    await studio.user.keyboard('{Control>}{Enter}{/Control}')
    expect(studio.askedFor('take:submit')).toHaveLength(0)
    expect(screen.queryByRole('alertdialog')).toBeNull()
  })

  it('is read again when the accounts page closes and when another account is chosen', async () => {
    let hosts = withoutBucket
    const studio = await windowWithSample(
      { ...kling, accounts: [anAccount('kling'), anAccount('kling', { id: 'kling-2' })] },
      (fake) => {
        fake.answer('host:list', async () => ok(hosts))
      },
    )
    expect(await host('Your S3 bucket')).toBeDisabled()
    act(() => {
      useApp.getState().openAccounts('clip-hosts')
    })
    hosts = someHosts
    act(() => {
      useApp.getState().closeAccounts()
    })
    await waitFor(() => {
      expect(screen.getByRole('radio', { name: 'Your S3 bucket' })).toBeEnabled()
    })
    await studio.user.selectOptions(screen.getByRole('combobox', { name: 'Account' }), 'kling-2')
    await waitFor(() => {
      expect(studio.askedFor('host:list').at(-1)).toEqual({ account: 'kling-2' })
    })
  })

  it('looks again when asked to, and says when the hosts cannot be told', async () => {
    const studio = await windowWithSample(kling, (fake) => {
      fake.answer('host:list', async () => fail('account-key', 'There is no such account any more.'))
    })
    expect(await screen.findByText('There is no such account any more.')).toBeVisible()
    studio.answer('host:list', async () => ok(someHosts))
    await studio.user.click(screen.getByRole('button', { name: 'Refresh options' }))
    expect(await host('Your S3 bucket')).toBeEnabled()
  })

  it('is not forgotten by a practice take in between', async () => {
    const studio = await windowWithSample({ ...kling, settings: lastTime('kling', { host: 's3' }) })
    await studio.user.selectOptions(screen.getByRole('combobox', { name: 'Provider' }), 'practice')
    await waitUntilReady()
    await studio.user.click(generateButton())
    await waitFor(() => {
      expect(studio.askedFor('settings:change').at(-1)?.change).toMatchObject({
        lastTake: { provider: 'practice' },
        lastDelivery: { host: 's3' },
      })
    })
  })
})

describe('Addresses of the user’s own', () => {
  it('are asked for the clip and the character where the model fetches both', async () => {
    const studio = await windowWithSample(oxen)
    await studio.user.click(await host(own))
    await reason('Enter the link to the clip and the character.')
    type('Link to the clip', 'https://example.org/clip.mp4')
    await reason('Enter the link to the character.')
    type('Link to the character', 'https://example.org/hero.png')
    expect(await submit(studio)).toEqual({
      host: 'given',
      clipUrl: 'https://example.org/clip.mp4',
      characterUrl: 'https://example.org/hero.png',
    })
  })

  it('are asked for the clip alone where the character is inside the request', async () => {
    const studio = await windowWithSample({
      ...kling,
      settings: lastTime('kling', { host: 'given', characterUrl: 'https://example.org/of-another-take.png' }),
    })
    await reason('Enter the link to the clip.')
    expect(screen.queryByRole('textbox', { name: 'Link to the character' })).toBeNull()
    type('Link to the clip', ' https://example.org/clip.mp4 ')
    expect(await submit(studio)).toEqual({
      host: 'given',
      clipUrl: 'https://example.org/clip.mp4',
      characterUrl: null,
    })
  })

  it('go nowhere once another host is chosen', async () => {
    const studio = await windowWithSample({
      ...kling,
      settings: lastTime('kling', { host: 'given', clipUrl: 'https://example.org/clip.mp4' }),
    })
    await studio.user.click(await screen.findByRole('button', { name: 'More options' }))
    await studio.user.click(await host('Your S3 bucket'))
    expect(await submit(studio)).toEqual({ host: 's3', clipUrl: null, characterUrl: null })
  })

  it('are not kept for another clip, so that nothing is paid for under an old address', async () => {
    const studio = await windowWithSample({
      ...kling,
      settings: lastTime('kling', { host: 'given', clipUrl: 'https://example.org/of-another-take.mp4' }),
    })
    await reason('Enter the link to the clip.')
    type('Link to the clip', 'https://example.org/clip.mp4')
    await waitUntilReady()
    const other = studio.addFile({ name: 'other.mp4', facts: aClip() })
    studio.answer('file:choose', async () => ok([other]))
    await studio.user.click(screen.getByRole('button', { name: 'Replace the clip' }))
    await screen.findByLabelText('The clip, other.mp4')
    await reason('Enter the link to the clip.')
    expect(screen.getByRole('textbox', { name: 'Link to the clip' })).toHaveValue('')
  })

  it.each([
    ['http://example.org/clip.mp4', 'The link must start with https://.'],
    ['http://127.0.0.1.example.org/clip.mp4', 'The link must start with https://.'],
    ['file:///home/me/clip.mp4', 'The link must start with https://.'],
    ['clip.mp4', 'This is not a full link. Enter one that starts with https://.'],
  ])('cannot be %s', async (address, sentence) => {
    const studio = await windowWithSample(kling)
    await studio.user.click(await host(own))
    type('Link to the clip', address)
    unfold('files')
    expect(screen.getByText(sentence)).toBeVisible()
    expect(screen.getByRole('textbox', { name: 'Link to the clip' })).toBeInvalid()
    await reason('A provider can’t download from the link to the clip.')
  })

  it.each(['http://127.0.0.1:8080/clip.mp4', 'http://localhost:8080/clip.mp4', 'http://[::1]:8080/clip.mp4'])(
    'may be %s, on this computer',
    async (address) => {
      const studio = await windowWithSample(kling)
      await studio.user.click(await host(own))
      type('Link to the clip', address)
      expect((await submit(studio))?.clipUrl).toBe(address)
    },
  )
})
