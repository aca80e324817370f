import { join } from 'node:path'
import { appOrigin, type AppOrigin } from './origin.ts'

/** Where everything of this start lies. */
export type Place = {
  /** The folder of the library, the same for all faces. */
  readonly home: string
  readonly resources: string
  readonly renderer: string
  readonly preload: string
  readonly origin: AppOrigin
}

type Start = {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly packaged: boolean
  readonly appData: string
  readonly appPath: string
  readonly resourcesPath: string
}

/** `UNDERSTUDY_HOME` moves the library; a development server is believed only outside a packaged build. */
export function studioPlace({ env, packaged, appData, appPath, resourcesPath }: Start): Place {
  const chosen = env['UNDERSTUDY_HOME'] ?? ''
  return {
    home: chosen === '' ? join(appData, 'Understudy') : chosen,
    resources: join(packaged ? resourcesPath : appPath, 'resources'),
    renderer: join(appPath, 'out/renderer'),
    preload: join(appPath, 'out/preload/index.cjs'),
    origin: appOrigin(packaged ? undefined : env['ELECTRON_RENDERER_URL']),
  }
}
