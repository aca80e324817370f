import { act, screen } from '@testing-library/react'
import { useApp } from '../../../src/renderer/state/store.ts'
import type { Take } from '../../../src/shared/domain/take.ts'

/** Everything about the take whose poster shows this character. */
export async function detailsOf({ characterName }: Pick<Take, 'characterName'>): Promise<HTMLElement> {
  const poster = await screen.findByRole('button', { name: new RegExp(`^Take .*${characterName}`) })
  act(() => {
    useApp.getState().showDetails(poster.dataset['poster'] ?? null)
  })
  return screen.findByRole('article', { name: new RegExp(characterName) })
}
