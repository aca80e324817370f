import { act, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { ok } from '../../../src/shared/outcome.ts'
import type { Finding } from '../../../src/shared/rules/finding.ts'
import { useClipPlayer } from '../../../src/renderer/lib/clip-player.ts'
import { useApp } from '../../../src/renderer/state/store.ts'
import type { LoopPlayer } from '../../../src/renderer/lib/clip-player.ts'
import { aClip } from '../../support/clips/facts.ts'
import { openWindow, unfold, type OpenWindow } from '../../support/window/open-window.tsx'
import { dance, fit, hero, withFiles } from '../../support/window/prepare-window.ts'

describe('A part that is too short', () => {
  it('is lengthened only when the user chooses how, and the choice can be taken back', async () => {
    const studio = await withFiles([hero, { name: 'hop.mp4', facts: aClip({ duration: 2, frames: 60 }) }])
    const ways = await screen.findByRole('list', { name: 'Ways to 3 s' })
    expect(fit().short).toBeNull()
    expect(screen.getByRole('button', { name: 'Generate' })).toBeDisabled()
    expect(within(ways).getByText(/^1.5 times slower/)).toBeVisible()
    await studio.user.click(within(ways).getByRole('button', { name: 'Forward and back' }))
    expect(fit().short).toBe('boomerang')
    await waitFor(() => {
      expect(screen.getByRole('button', { name: 'Generate' })).toBeEnabled()
    })
    await studio.user.click(screen.getByRole('button', { name: 'Forward and back', pressed: true }))
    expect(fit().short).toBeNull()
  })

  it('of a clip that has more of it becomes long enough with one click', async () => {
    const studio = await withFiles([hero, dance])
    act(() => {
      useApp.getState().changeWindow({ start: 5, length: 0.5 })
    })
    await studio.user.click(await screen.findByRole('button', { name: 'Perform 3 s' }))
    expect(useApp.getState().clipWindow).toEqual({ start: 3, length: 3 })
  })
})

describe('A hint', () => {
  const cuts: Finding = {
    rule: 'clip.cuts',
    target: 'clip',
    level: 'warning',
    measured: 2,
    limit: 0,
    unit: 'cuts',
    message: 'Hint: the clip seems to cut at 1.5 s and 4 s; providers ask for one continuous shot.',
    spans: [
      { start: 1.5, end: 1.5 },
      { start: 4, end: 4 },
    ],
  }
  const body: Finding = {
    rule: 'framing.body',
    target: 'clip',
    level: 'info',
    measured: null,
    limit: null,
    unit: 'format',
    message: 'Check for yourself: image and clip should show the same amount of the body.',
  }

  /** The check of a clip in which something was seen. */
  async function withHints(...hints: readonly Finding[]): Promise<OpenWindow> {
    const studio = openWindow()
    const honest = studio.bridge.ask['take:check']
    const found = studio.addFile
    const refs = [hero, dance].map((file) => found(file))
    await screen.findByRole('button', { name: 'Generate' })
    const report = await honest({
      character: refs[0]?.token ?? null,
      clip: refs[1]?.token ?? null,
      window: { start: 0, length: null },
      settings: useApp.getState().takeSettings,
    })
    if (!report.ok) throw new Error('the fake studio checks everything')
    const others = report.value.findings.filter(({ rule }) => !hints.some((hint) => hint.rule === rule))
    const value = { ...report.value, findings: [...others, ...hints] }
    studio.answer('take:check', async () => ok(value))
    studio.answer('clip:scan', async () =>
      ok({
        span: { start: 0, end: 6 },
        cuts: [1.5, 5],
        jumps: [],
        frozen: [],
        still: [],
        black: [],
        fast: [],
      }),
    )
    await act(async () => {
      await useApp.getState().takeInputs(refs)
    })
    return studio
  }

  it('is called one, says why, and shows each of its moments in the clip', async () => {
    const studio = await withHints(cuts)
    unfold('checks')
    const sentence = await screen.findByText(/^The clip seems to cut at 1.5 s and 4 s/)
    expect(within(sentence.parentElement as HTMLElement).getByText('Hint')).toBeVisible()
    const shown: number[] = []
    act(() => {
      useClipPlayer.setState({ player: { ...stillPlayer, show: (frame) => shown.push(frame) } })
    })
    await studio.user.click(screen.getByRole('button', { name: 'Show 4 s' }))
    expect(shown).toEqual([120])
    expect(screen.getByRole('button', { name: 'Generate' })).toBeEnabled()
  })

  it('about cuts offers the longest part without one', async () => {
    const studio = await withHints(cuts)
    const offer = await screen.findByRole('button', { name: 'Use the longest part without a cut: 3.5 s' })
    await studio.user.click(offer)
    expect(useApp.getState().clipWindow).toEqual({ start: 1.5, length: 3.5 })
  })

  it('that only eyes can judge is ticked off, holds nothing back, and is asked anew for other files', async () => {
    const studio = await withHints(body)
    const question = await screen.findByRole('checkbox', { name: /^Check for yourself/ })
    await waitFor(() => {
      expect(screen.getByRole('button', { name: 'Generate' })).toBeEnabled()
    })
    await studio.user.click(question)
    expect(question).toBeChecked()
    await act(async () => {
      await useApp.getState().takeInputs([studio.addFile({ ...hero, name: 'other.png' })])
    })
    expect(await screen.findByRole('checkbox', { name: /^Check for yourself/ })).not.toBeChecked()
  })
})

const stillPlayer: LoopPlayer = {
  reading: () => ({ frame: 0, speed: 0 }),
  follow: () => () => undefined,
  setPart: () => undefined,
  toggle: () => undefined,
  pause: () => undefined,
  show: () => undefined,
  step: () => undefined,
  shuttle: () => undefined,
  dispose: () => undefined,
}
