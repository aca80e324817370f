import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it } from 'vitest'
import { menuTemplate } from '../../../src/main/electron/menu.ts'

const roles = (items: readonly MenuItemConstructorOptions[]): string[] =>
  items.flatMap((item) => [
    ...(item.role === undefined ? [] : [item.role]),
    ...(Array.isArray(item.submenu) ? roles(item.submenu) : []),
  ])
const menu = (platform: NodeJS.Platform, packaged: boolean) =>
  menuTemplate({ platform, packaged, showLibrary: () => undefined })

describe('the menu', () => {
  it('has the usual parts, with the menu of the app on a Mac', () => {
    expect(roles(menu('linux', true))).toEqual([
      'fileMenu',
      'editMenu',
      'resetZoom',
      'zoomIn',
      'zoomOut',
      'togglefullscreen',
      'windowMenu',
      'help',
      'about',
    ])
    expect(roles(menu('darwin', true)).slice(0, 2)).toEqual(['appMenu', 'fileMenu'])
    expect(roles(menu('darwin', true))).not.toContain('about')
  })

  it('offers reload and developer tools only outside a packaged build', () => {
    expect(roles(menu('linux', false))).toEqual(expect.arrayContaining(['reload', 'toggleDevTools']))
    expect(roles(menu('linux', true))).not.toContain('toggleDevTools')
  })

  it('shows the library folder', () => {
    let shown = 0
    const template = menuTemplate({ platform: 'linux', packaged: true, showLibrary: () => (shown += 1) })
    const help = template.at(-1)?.submenu
    const item = Array.isArray(help) ? help[0] : undefined
    expect(item?.label).toBe('Show the library folder')
    // Electron calls it with objects that this item does not use.
    ;(item?.click as (() => void) | undefined)?.()
    expect(shown).toBe(1)
  })
})
