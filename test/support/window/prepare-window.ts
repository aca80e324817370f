import { act, screen } from '@testing-library/react'
import { useApp } from '../../../src/renderer/state/store.ts'
import { aCharacter, aClip } from '../clips/facts.ts'
import type { FakeBridgeOptions, FakeFile } from './fake-answers.ts'
import { openWindow, type OpenWindow } from './open-window.tsx'

export const hero: FakeFile = { name: 'hero.png', facts: aCharacter() }
export const dance: FakeFile = { name: 'dance.mp4', facts: aClip() }

/** Takes files in, as the file dialog or a drop does. */
export async function give(studio: OpenWindow, ...files: readonly FakeFile[]): Promise<void> {
  const refs = files.map((file) => studio.addFile(file))
  await screen.findByRole('button', { name: 'Generate' })
  await act(async () => {
    await useApp.getState().takeInputs(refs)
  })
}

/** The prepare screen with these files on it. */
export async function withFiles(
  files: readonly FakeFile[],
  options: FakeBridgeOptions = {},
): Promise<OpenWindow> {
  const studio = openWindow(options)
  await give(studio, ...files)
  return studio
}

/** How the window would have files made to fit. */
export const fit = () => useApp.getState().takeSettings.fit
