import { screen, waitFor } from '@testing-library/react'
import { expect } from 'vitest'
import { remoteProviders, type RemoteProvider } from '../../../src/shared/domain/account.ts'
import { defaultDelivery, type Delivery } from '../../../src/shared/domain/delivery.ts'
import { modelRules } from '../../../src/shared/rules/models.ts'
import { defaultTakeSettings, type TakeSettings } from '../../../src/shared/domain/take.ts'
import { practiceProvider, remoteProvider, type FakeBridgeOptions } from './fake-answers.ts'
import type { FakeBridge } from './fake-bridge.ts'
import { openWindow, type OpenWindow } from './open-window.tsx'

export const allProviders = [practiceProvider, ...remoteProviders.map(remoteProvider)]

/** What the last take left behind: this provider's first model, and how its files went. */
export const lastTime = (
  provider: RemoteProvider,
  delivery: Partial<Delivery> = {},
  different: Partial<TakeSettings> = {},
) => {
  const model = modelRules.find((rules) => rules.provider === provider)
  if (!model) throw new Error(`There is no model of ${provider}.`)
  return {
    lastTake: { ...defaultTakeSettings, provider, model: model.model, ...different },
    lastDelivery: { ...defaultDelivery, ...delivery },
  }
}

export const generateButton = () => screen.getByRole('button', { name: 'Generate' })

/** The window with all six providers and the sample in it. */
export async function windowWithSample(
  options: FakeBridgeOptions = {},
  prepare?: (fake: FakeBridge) => void,
): Promise<OpenWindow> {
  const studio = openWindow({ providers: allProviders, ...options }, prepare)
  await studio.user.click(await screen.findByRole('button', { name: 'Try the sample' }))
  await screen.findByRole('img', { name: /sample-character/ })
  return studio
}

export async function waitUntilReady(): Promise<void> {
  await waitFor(() => {
    expect(generateButton()).toBeEnabled()
  })
}

/** What stands beside Generate. */
export const reason = (sentence: string) =>
  waitFor(() => {
    expect(generateButton()).toBeDisabled()
    expect(generateButton()).toHaveAccessibleDescription(sentence)
  })
