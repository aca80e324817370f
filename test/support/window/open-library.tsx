import { screen, within } from '@testing-library/react'
import { aTake } from '../library/a-take.ts'
import type { FakeBridgeOptions } from './fake-answers.ts'
import { openWindow, type OpenWindow } from './open-window.tsx'

export const idOf = (number: number) => `01JD${String(number).padStart(22, '0')}`
/** Three takes, the oldest first. */
export const some = [
  aTake({ id: idOf(1), state: 'DONE', characterName: 'hero.png' }),
  aTake({ id: idOf(2), state: 'REMOTE_FAILED', characterName: 'robot.png' }),
  aTake({ id: idOf(3), state: 'DONE', characterName: 'fox.png' }),
]

export const grid = () => within(screen.getByRole('region', { name: 'Library' }))
export const poster = (name: RegExp) => grid().findByRole('button', { name })

/** The whole window, in its library. */
export async function openLibrary(options: FakeBridgeOptions = { takes: some }): Promise<OpenWindow> {
  const studio = openWindow(options)
  await screen.findByRole('button', { name: 'Try the sample' })
  await studio.user.keyboard('{Control>}3{/Control}')
  await screen.findByRole('heading', { level: 1, name: 'Library' })
  return studio
}
