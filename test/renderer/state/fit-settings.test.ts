import { describe, expect, it } from 'vitest'
import { fitSettings } from '../../../src/renderer/state/inputs.ts'
import type { ProviderView } from '../../../src/shared/domain/views.ts'
import { anAccount } from '../../support/window/fake-account-answers.ts'
import { paidProvider, practiceProvider } from '../../support/window/fake-answers.ts'
import { someSettings } from '../../support/clips/facts.ts'

const providers = [practiceProvider, paidProvider]

describe('The settings of the last take', () => {
  it('are kept where the model still knows them', () => {
    const last = someSettings({ provider: 'kling', model: 'kling-v3', mode: 'pro', prompt: 'A stage.' })
    expect(fitSettings(last, providers, [])).toEqual(last)
  })

  it('fall back to the first model when theirs is gone', () => {
    const last = someSettings({ provider: 'gone', model: 'gone', prompt: 'A stage.' })
    expect(fitSettings(last, providers, [])).toEqual({ ...last, provider: 'practice', model: 'practice' })
  })

  it('lose what the model does not know, so that nothing unseen is sent', () => {
    const last = someSettings({
      provider: 'kling',
      model: 'kling-v3',
      mode: 'pro',
      watermark: true,
      elements: ['12'],
      callbackUrl: 'https://example.org/done',
    })
    const plain: ProviderView = {
      ...practiceProvider,
      models: practiceProvider.models.map((model) => ({
        ...model,
        modes: ['std'],
        watermark: false,
        orientations: ['video'],
      })),
    }
    expect(fitSettings({ ...last, provider: 'practice', model: 'practice' }, [plain], [])).toMatchObject({
      mode: 'std',
      orientation: 'video',
      watermark: false,
      elements: [],
      callbackUrl: null,
    })
  })
})

describe('The account of the last take', () => {
  const last = someSettings({ provider: 'kling', model: 'kling-v3', account: 'kling-2' })
  const first = anAccount('kling')
  const second = anAccount('kling', { id: 'kling-2' })
  const ofAnother = anAccount('oxen')

  it('is kept while it is there', () => {
    expect(fitSettings(last, providers, [ofAnother, first, second]).account).toBe('kling-2')
  })

  it('gives way to the first of the provider when it is gone', () => {
    expect(fitSettings(last, providers, [ofAnother, first]).account).toBe('kling-1')
  })

  it('is not forgotten before the accounts were read', () => {
    expect(fitSettings(last, providers, []).account).toBe('kling-2')
  })

  it('is nobody for practice', () => {
    const practice = { ...last, provider: 'practice', model: 'practice' }
    expect(fitSettings(practice, providers, [first, second]).account).toBeNull()
  })
})
