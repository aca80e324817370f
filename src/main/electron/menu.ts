import type { MenuItemConstructorOptions } from 'electron'

type MenuParts = {
  readonly platform: NodeJS.Platform
  readonly packaged: boolean
  readonly showLibrary: () => void
}

const zoom: MenuItemConstructorOptions[] = [
  { role: 'resetZoom' },
  { role: 'zoomIn' },
  { role: 'zoomOut' },
  { type: 'separator' },
  { role: 'togglefullscreen' },
]
const forDevelopers: MenuItemConstructorOptions[] = [
  { type: 'separator' },
  { role: 'reload' },
  { role: 'toggleDevTools' },
]

/** The usual menus by role, so that the system names, translates and binds them. */
export function menuTemplate({ platform, packaged, showLibrary }: MenuParts): MenuItemConstructorOptions[] {
  const mac = platform === 'darwin'
  const about: MenuItemConstructorOptions[] = mac ? [] : [{ type: 'separator' }, { role: 'about' }]
  return [
    ...(mac ? [{ role: 'appMenu' } satisfies MenuItemConstructorOptions] : []),
    { role: 'fileMenu' },
    { role: 'editMenu' },
    { label: 'View', submenu: packaged ? zoom : [...zoom, ...forDevelopers] },
    { role: 'windowMenu' },
    { role: 'help', submenu: [{ label: 'Show the library folder', click: showLibrary }, ...about] },
  ]
}
