import '@testing-library/jest-dom/vitest'
import { cleanup, render } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { PosterPicture } from '../../../src/renderer/features/takes/posters/PosterPicture.tsx'
import { aTake } from '../../support/library/a-take.ts'
import { createFakeBridge } from '../../support/window/fake-bridge.ts'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

it.each([
  ['clip', 'lucide-film'],
  ['character', 'lucide-user-round'],
  ['result', 'lucide-user-round'],
] as const)('without a picture, a %s has its own sign', (of, sign) => {
  const take = aTake()
  vi.stubGlobal('understudy', createFakeBridge({ takes: [take] }).bridge)
  const { container } = render(<PosterPicture id={take.id} of={of} />)
  expect(container.querySelector(`.${sign}`)).toBeInTheDocument()
})
