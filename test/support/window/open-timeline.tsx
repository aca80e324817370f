import { screen, waitFor } from '@testing-library/react'
import { expect } from 'vitest'
import { useApp } from '../../../src/renderer/state/store.ts'
import type { ClipFacts } from '../../../src/shared/domain/media.ts'
import { ok } from '../../../src/shared/outcome.ts'
import { aCharacter, aClip } from '../clips/facts.ts'
import type { FakeBridge } from './fake-bridge.ts'
import { openWindow } from './open-window.tsx'

export const long = { duration: 20, frames: 600, frameRate: 30 }

/** The window with a clip of twenty seconds, at 30 frames per second, once everything about it is known. */
export async function withClip(facts: Partial<ClipFacts> = long, prepare?: (fake: FakeBridge) => void) {
  const studio = openWindow(
    {
      sample: {
        character: { name: 'fox.png', facts: aCharacter() },
        clip: { name: 'dance.mp4', facts: aClip(facts) },
      },
    },
    (fake) => {
      const { frames = 180, duration = 6 } = facts
      const times = Array.from({ length: frames }, (_, index) => (index * duration) / frames)
      fake.answer('clip:frame-times', async () => ok(times))
      prepare?.(fake)
    },
  )
  await studio.user.click(await screen.findByRole('button', { name: 'Try the sample' }))
  await screen.findByRole('region', { name: 'Part of the clip' })
  await waitFor(() => {
    expect(useApp.getState().clipLook?.pending).toEqual({})
  })
  return studio
}
