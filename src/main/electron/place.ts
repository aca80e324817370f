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
  readonly home: string
  readonly packaged: boolean
  /** electron-vite's, which serves the page while it is worked on. */
  readonly developmentServer: string | undefined
  readonly appPath: string
  readonly resourcesPath: string
}

/** A packaged build believes no development server. */
export function studioPlace({ home, packaged, developmentServer, appPath, resourcesPath }: Start): Place {
  return {
    home,
    resources: join(packaged ? resourcesPath : appPath, 'resources'),
    renderer: join(appPath, 'out/renderer'),
    preload: join(appPath, 'out/preload/index.cjs'),
    origin: appOrigin(packaged ? undefined : developmentServer),
  }
}
