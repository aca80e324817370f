import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { CheckReport } from '../../../src/shared/domain/views.ts'
import { defaultDelivery } from '../../../src/shared/domain/delivery.ts'
import { fail, ok, type Outcome } from '../../../src/shared/outcome.ts'
import { defaultTakeSettings } from '../../../src/shared/domain/take.ts'
import { aTake } from '../../support/library/a-take.ts'
import { anAccount } from '../../support/window/fake-account-answers.ts'
import { paidProvider, practiceProvider } from '../../support/window/fake-answers.ts'
import { aCharacter, aClip } from '../../support/clips/facts.ts'
import { later, openWindow, type OpenWindow } from '../../support/window/open-window.tsx'

const generateButton = () => screen.getByRole('button', { name: 'Generate' })

async function loadSample({ user }: OpenWindow): Promise<void> {
  await user.click(await screen.findByRole('button', { name: 'Try the sample' }))
  await screen.findByRole('img', { name: /sample-character/ })
}

async function readyWindow(options: Parameters<typeof openWindow>[0] = {}): Promise<OpenWindow> {
  const studio = openWindow(options)
  await loadSample(studio)
  await waitFor(() => {
    expect(generateButton()).toBeEnabled()
  })
  return studio
}

const paid = {
  providers: [practiceProvider, paidProvider],
  accounts: [anAccount('kling')],
  settings: {
    lastTake: { ...defaultTakeSettings, provider: 'kling', model: 'kling-v3' },
    lastDelivery: { ...defaultDelivery, host: 's3' },
  },
} as const

describe('Generate', () => {
  it('cannot be pressed before every finding has been shown', async () => {
    const answer = later<Outcome<CheckReport>>()
    const studio = openWindow({}, (fake) => {
      fake.answer('take:check', () => answer.promise)
    })
    await loadSample(studio)
    await waitFor(() => {
      expect(studio.askedFor('take:check')).not.toHaveLength(0)
    })
    expect(generateButton()).toBeDisabled()
    expect(screen.getByText('Checking the inputs…')).toBeVisible()

    answer.settle(ok(reportWithWarning))
    await waitFor(() => {
      expect(generateButton()).toBeEnabled()
    })
    const warning = screen.getByText('The shorter side of the image is 320 px; at least 340 px is safer.')
    expect(warning).not.toBeVisible()
    await studio.user.click(screen.getByRole('button', { name: 'Ready · 1 warning' }))
    expect(warning).toBeVisible()
    expect(screen.getByRole('region', { name: 'Checks of the clip' })).toHaveTextContent('1 check passed')
  })

  it('lists a value once, and without a limit only where none is known', async () => {
    const [, size] = reportWithWarning.findings
    if (!size) throw new Error('no finding')
    const unlimited = { ...size, level: 'info', limit: null } as const
    const side = { ...unlimited, rule: 'clip.side.max', measured: 1280, unit: 'px' } as const
    const studio = openWindow({}, (fake) => {
      fake.answer('take:check', async () => ok({ ...reportWithWarning, findings: [unlimited, size, side] }))
    })
    await loadSample(studio)
    const checks = await screen.findByRole('region', { name: 'Checks of the clip', hidden: true })
    await waitFor(() => {
      expect(checks).toHaveTextContent('1 check passed, 1 without a limit')
    })
    expect(checks.querySelectorAll('tbody tr')).toHaveLength(2)
  })

  it('waits for new findings after any change', async () => {
    const studio = await readyWindow()
    const answer = later<Outcome<CheckReport>>()
    studio.answer('take:check', () => answer.promise)
    await studio.user.type(screen.getByRole('textbox', { name: /Prompt/ }), 'a')
    expect(generateButton()).toBeDisabled()
    answer.settle(ok(reportWithWarning))
    await waitFor(() => {
      expect(generateButton()).toBeEnabled()
    })
  })

  it('never shows the findings of older inputs as those of the present ones', async () => {
    const studio = await readyWindow()
    const slow = later<Outcome<CheckReport>>()
    const checks = studio.askedFor('take:check').length
    studio.answer('take:check', () => slow.promise)
    await studio.user.type(screen.getByRole('textbox', { name: /Prompt/ }), 'a')
    await waitFor(() => {
      expect(studio.askedFor('take:check')).toHaveLength(checks + 1)
    })
    studio.answer('take:check', async () => ok({ ...reportWithWarning, findings: [] }))
    await studio.user.type(screen.getByRole('textbox', { name: /Prompt/ }), 'b')
    await waitFor(() => {
      expect(generateButton()).toBeEnabled()
    })
    await act(async () => {
      slow.settle(ok(reportWithWarning))
      await slow.promise
    })
    expect(screen.queryByText(/at least 340 px is safer/)).toBeNull()
  })

  it('sends one take with one id on a double click, however fast the answer is', async () => {
    const studio = await readyWindow()
    await studio.user.dblClick(generateButton())
    await screen.findByRole('button', { name: /^Take 1, sample-character/ })
    expect(studio.askedFor('take:submit')).toHaveLength(1)
  })

  it('takes no notice of the second click of a slow double click', async () => {
    const studio = await readyWindow()
    fireEvent.click(generateButton(), { detail: 2 })
    expect(studio.askedFor('take:submit')).toHaveLength(0)
    fireEvent.click(generateButton(), { detail: 1 })
    expect(studio.askedFor('take:submit')).toHaveLength(1)
  })

  it('sends one take however often it is pressed while the answer is on its way', async () => {
    const studio = await readyWindow()
    const answer = later<Outcome<ReturnType<typeof aTake>>>()
    studio.answer('take:submit', () => answer.promise)
    await studio.user.click(generateButton())
    await studio.user.click(generateButton())
    await studio.user.keyboard('{Control>}{Enter}{/Control}')
    expect(studio.askedFor('take:submit')).toHaveLength(1)
    answer.settle(ok(aTake()))
    await waitFor(() => {
      expect(generateButton()).toBeEnabled()
    })
  })

  it('gives the next take an id of its own', async () => {
    const studio = await readyWindow()
    await studio.user.click(generateButton())
    await screen.findByRole('button', { name: /^Take 1, sample-character/ })
    await waitFor(() => {
      expect(generateButton()).toBeEnabled()
    })
    await studio.user.click(generateButton())
    await waitFor(() => {
      expect(studio.askedFor('take:submit')).toHaveLength(2)
    })
    const [first, second] = studio.askedFor('take:submit')
    expect(first?.take).not.toBe(second?.take)
  })

  it('keeps the id when no answer came, so that trying again cannot be a second take', async () => {
    const studio = await readyWindow()
    studio.answer('take:submit', async () => fail('internal', 'Understudy isn’t responding.'))
    await studio.user.click(generateButton())
    await screen.findByRole('alert')
    await studio.user.click(generateButton())
    const [first, second] = studio.askedFor('take:submit')
    expect(second?.take).toBe(first?.take)
  })

  it('starts at once with Ctrl and Enter what costs nothing, with consent to zero', async () => {
    const studio = await readyWindow()
    await studio.user.keyboard('{Control>}{Enter}{/Control}')
    await screen.findByRole('button', { name: /^Take 1, sample-character/ })
    expect(studio.askedFor('take:submit')[0]?.consent).toEqual({ amount: 0, passGuard: false })
  })

  it('is not started by its keys while the accounts page lies on top', async () => {
    const studio = await readyWindow()
    await studio.user.keyboard('{Control>}k{/Control}')
    await screen.findByRole('dialog', { name: 'Accounts' })
    await studio.user.keyboard('{Control>}{Enter}{/Control}')
    expect(studio.askedFor('take:submit')).toHaveLength(0)
    await studio.user.keyboard('{Escape}')
    await studio.user.keyboard('{Control>}{Enter}{/Control}')
    expect(studio.askedFor('take:submit')).toHaveLength(1)
  })

  it('names the cost and asks before anything is paid, with the focus on the way out', async () => {
    const studio = await readyWindow(paid)
    await studio.user.click(generateButton())
    const question = await screen.findByRole('alertdialog', { name: 'Spend about 0.76 USD?' })
    expect(studio.askedFor('take:submit')).toHaveLength(0)
    expect(within(question).getByRole('button', { name: 'Cancel' })).toHaveFocus()

    await studio.user.keyboard('{Enter}')
    expect(screen.queryByRole('alertdialog')).toBeNull()
    expect(studio.askedFor('take:submit')).toHaveLength(0)

    await studio.user.click(generateButton())
    await studio.user.click(await screen.findByRole('button', { name: 'Generate for about 0.76 USD' }))
    await waitFor(() => {
      expect(studio.askedFor('take:submit')[0]?.consent).toEqual({ amount: 0.756, passGuard: false })
    })
  })

  it('says when the cost is not known, and asks all the same', async () => {
    const studio = openWindow(paid, (fake) => {
      const estimate = { ...reportWithWarning.estimate!, amount: null, perSecond: null }
      fake.answer('take:check', async () => ok({ ...reportWithWarning, estimate }))
    })
    await loadSample(studio)
    await waitFor(() => {
      expect(generateButton()).toBeEnabled()
    })
    expect(screen.getByText('price unknown')).toBeVisible()
    await studio.user.click(generateButton())
    await studio.user.click(await screen.findByRole('button', { name: 'Generate without knowing the cost' }))
    await waitFor(() => {
      expect(studio.askedFor('take:submit')[0]?.consent).toEqual({ amount: null, passGuard: false })
    })
  })

  it('is refused by a finding that only the user can solve, with what to do', async () => {
    const studio = openWindow({
      sample: {
        character: { name: 'sample-character.png', facts: aCharacter({ width: 60, height: 60 }) },
        clip: { name: 'sample-clip.mp4', facts: aClip() },
      },
    })
    await loadSample(studio)
    expect(await screen.findByText('1 problem to fix')).toBeVisible()
    expect(generateButton()).toBeDisabled()
    const findings = screen.getByRole('region', { name: 'Checks of the character' })
    expect(findings).toHaveTextContent('it must be at least 300 px')
    expect(findings).toHaveTextContent('Choose an image with more pixels')
  })

  it('is open for what Understudy mends by itself, and the plan says how', async () => {
    await readyWindow({
      sample: {
        character: { name: 'sample-character.webp', facts: aCharacter({ format: 'webp' }) },
        clip: { name: 'sample-clip.mp4', facts: aClip({ duration: 14, frames: 420 }) },
      },
    })
    expect(screen.getByRole('region', { name: 'Checks of the character' })).toHaveTextContent(
      'Understudy converts the character.',
    )
    const plan = screen.getByRole('region', { name: 'How Understudy will make it fit' })
    expect(plan).toHaveTextContent('Convert the character')
    expect(plan).toHaveTextContent('Trim to the performed part')
    expect(plan).toHaveTextContent('the rest of the clip is not sent')
    expect(screen.getByText(/^Ready · \d+ fix/)).toBeVisible()
    // A limit beside a value that breaks it is a demand, not an inequality.
    const clip = screen.getByRole('region', { name: 'Checks of the clip' })
    expect(clip).toHaveTextContent(/length from the in-point14 s at most 10 s/i)
  })

  it('says of files with a better encoding ahead that they are made to fit, not that they do', async () => {
    await readyWindow({
      sample: {
        character: { name: 'sample-character.png', facts: aCharacter() },
        clip: { name: 'sample-clip.mp4', facts: aClip({ codec: 'hevc' }) },
      },
    })
    expect(screen.getByText(/^Ready · \d+ fix/)).toBeVisible()
  })
})

const reportWithWarning: CheckReport = {
  provider: 'practice',
  model: 'practice',
  orientation: 'image',
  verdict: 'ready',
  findings: [
    {
      rule: 'image.side.min',
      target: 'character',
      level: 'warning',
      measured: 320,
      limit: 340,
      unit: 'px',
      message: 'The shorter side of the image is 320 px; at least 340 px is safer.',
    },
    {
      rule: 'clip.bytes',
      target: 'clip',
      level: 'pass',
      measured: 5,
      limit: 100,
      unit: 'bytes',
      message: 'The clip size is 5 bytes (at most 100 bytes).',
    },
  ],
  plan: [],
  estimate: {
    currency: 'USD',
    amount: 0,
    perSecond: 0,
    seconds: 6,
    asOf: '2026-11-20',
    source: 'rendered on this computer',
  },
  window: { start: 0, length: 6 },
}
