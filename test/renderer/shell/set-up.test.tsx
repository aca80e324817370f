import { screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { ok } from '../../../src/shared/outcome.ts'
import { useApp } from '../../../src/renderer/state/store.ts'
import {
  generateButton,
  reason,
  waitUntilReady,
  windowWithSample,
} from '../../support/window/paid-window.tsx'

async function setUpModelsLab(prepare?: Parameters<typeof windowWithSample>[1]) {
  const studio = await windowWithSample({}, prepare)
  await studio.user.selectOptions(screen.getByRole('combobox', { name: 'Provider' }), 'modelslab')
  await reason('Add an account for ModelsLab to use it.')
  await studio.user.click(screen.getByRole('button', { name: 'Set up ModelsLab…' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Set up ModelsLab' }))
  const current = () => dialog.getByRole('listitem', { current: 'step' }).textContent
  return { studio, dialog, current }
}

describe('The set-up of a provider', () => {
  it('leads from nothing to a take that can be sent, in six decisions', async () => {
    const { studio, dialog, current } = await setUpModelsLab()
    expect(dialog.getByRole('link', { name: 'modelslab.com' })).toHaveAttribute('rel', 'noreferrer')
    await studio.user.type(dialog.getByLabelText('API key'), 'sk-modelslab-1234')
    await studio.user.click(dialog.getByRole('button', { name: 'Test the key' }))
    await dialog.findByRole('group', { name: 'How ModelsLab gets your files' })
    expect(studio.askedFor('account:test')).toHaveLength(1)
    expect(current()).toBe('2. Files')

    const bucket = await dialog.findByRole('radio', { name: 'Your S3 bucket' })
    expect(dialog.getByRole('button', { name: 'Continue' })).toBeDisabled()
    await studio.user.click(bucket)
    await studio.user.click(dialog.getByRole('button', { name: 'Continue' }))
    expect(current()).toBe('3. Limit')
    await studio.user.click(dialog.getByRole('button', { name: 'Done' }))
    expect(screen.queryByRole('dialog')).toBeNull()

    // The provider, its key, the way of the files, the limit; and now Generate and the cost.
    await waitUntilReady()
    await studio.user.click(generateButton())
    await screen.findByRole('alertdialog')
  })

  it('stays with a key that is refused, says what the provider said, and changes the same account', async () => {
    let answers = 0
    const { studio, dialog, current } = await setUpModelsLab((fake) => {
      fake.answer('account:test', async () => {
        answers += 1
        return ok(
          answers === 1
            ? { verdict: 'refused', message: 'ModelsLab: “Invalid API key”.', packs: [] }
            : { verdict: 'works', message: 'The key works.', packs: [] },
        )
      })
    })
    await studio.user.type(dialog.getByLabelText('API key'), 'wrong-key')
    await studio.user.click(dialog.getByRole('button', { name: 'Test the key' }))
    expect(await dialog.findByText('ModelsLab: “Invalid API key”.')).toBeVisible()
    expect(current()).toBe('1. Key')
    expect(dialog.queryByRole('button', { name: 'Continue without the test' })).toBeNull()

    await studio.user.clear(dialog.getByLabelText('API key'))
    await studio.user.type(dialog.getByLabelText('API key'), 'right-key')
    await studio.user.click(dialog.getByRole('button', { name: 'Test the key' }))
    await dialog.findByRole('group', { name: 'How ModelsLab gets your files' })
    expect(useApp.getState().accounts).toHaveLength(1)
  })

  it('continues on request where the provider gives no clear answer', async () => {
    const { studio, dialog, current } = await setUpModelsLab((fake) => {
      fake.answer('account:test', async () =>
        ok({ verdict: 'undecided', message: 'ModelsLab did not answer.', packs: [] }),
      )
    })
    await studio.user.type(dialog.getByLabelText('API key'), 'some-key')
    await studio.user.click(dialog.getByRole('button', { name: 'Test the key' }))
    await studio.user.click(await dialog.findByRole('button', { name: 'Continue without the test' }))
    expect(current()).toBe('2. Files')
  })

  it('sends nothing without a key, and says so', async () => {
    const { studio, dialog } = await setUpModelsLab()
    await studio.user.click(dialog.getByRole('button', { name: 'Test the key' }))
    expect(await dialog.findByText('Enter the key first.')).toBeVisible()
    expect(studio.askedFor('account:save')).toEqual([])
  })
})
