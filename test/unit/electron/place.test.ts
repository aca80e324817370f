import { describe, expect, it } from 'vitest'
import { studioPlace } from '../../../src/main/electron/window.ts'

const start = {
  home: '/library',
  packaged: false,
  developmentServer: undefined,
  appPath: '/checkout',
  resourcesPath: '/electron/res',
}

describe('where things lie', () => {
  it('resources lie beside the archive in a packaged build', () => {
    expect(studioPlace(start).resources).toBe('/checkout/resources')
    expect(studioPlace({ ...start, packaged: true }).resources).toBe('/electron/res/resources')
  })

  it('a development server is loaded from a checkout and never from a packaged build', () => {
    const developed = { ...start, developmentServer: 'http://localhost:5173' }
    expect(studioPlace(developed).origin.start).toBe('http://localhost:5173')
    expect(studioPlace({ ...developed, packaged: true }).origin.start).toBe('app://studio/index.html')
  })
})
