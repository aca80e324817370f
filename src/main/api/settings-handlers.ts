import { homedir } from 'node:os'
import { ok } from '../../shared/outcome.ts'
import type { Milliseconds } from '../../shared/units.ts'
import { formatDiagnostics } from '../core/diagnostics.ts'
import { examine } from '../core/doctor.ts'
import { userName } from '../core/open-studio.ts'
import { createStorage, type Storage } from '../core/storage.ts'
import type { Studio } from '../core/studio.ts'
import { createRunTool } from '../processes/run-tool.ts'
import { systemClock } from '../system/clock.ts'
import { createVeil } from '../takes/support/veil.ts'
import type { Handlers } from './dispatch.ts'
import type { FaceServices } from './face-services.ts'

/** What a window may ask about the computer it runs on. */
export type Inside = {
  readonly storage: Storage
  /** As a text that holds nothing personal. */
  readonly diagnostics: () => Promise<string>
  readonly now: () => Milliseconds
}

export function createInside(
  { home, root }: { readonly home: string; readonly root: string },
  studio: Studio,
  face: FaceServices,
): Inside {
  const storage = createStorage({ home, viewing: studio.viewing, previews: studio.previews })
  const { version, face: name } = face.about
  const veil = createVeil({ secrets: [], folders: [home, root, homedir()], user: userName() })
  return {
    storage,
    now: systemClock.now,
    diagnostics: async () => {
      const [doctor, accounts, stored] = await Promise.all([
        examine({ root, home, version, run: createRunTool() }),
        studio.accounts.list(),
        storage.read(),
      ])
      const facts = { doctor, accounts, stored, settings: studio.settings.read(), takes: studio.takes.list() }
      const at = new Date(systemClock.now()).toISOString()
      return formatDiagnostics({ ...facts, at, face: name, notices: studio.libraryNotices }, veil.text)
    },
  }
}

type SettingsCalls =
  | 'settings:read'
  | 'settings:change'
  | 'save-folder:choose'
  | 'save-folder:forget'
  | 'storage:read'
  | 'storage:clear'

type SettingsParts = {
  readonly studio: Pick<Studio, 'settings'>
  readonly face: FaceServices
  readonly inside: Inside
}

export const settingsHandlers = ({
  studio: { settings },
  face,
  inside: { storage },
}: SettingsParts): Pick<Handlers, SettingsCalls> => ({
  'settings:read': () => Promise.resolve(ok(settings.read())),
  'settings:change': ({ change }) => Promise.resolve(ok(settings.change(change))),
  'save-folder:choose': async ({ folder }) => {
    const chosen = await face.chooseFolder(folder, 'Choose a folder for saved files')
    if (!chosen.ok || chosen.value === null) return chosen.ok ? ok(null) : chosen
    // What was chosen just now counts more than where one saved last.
    return ok(settings.change({ saveFolder: chosen.value, lastSaveFolder: null }))
  },
  'save-folder:forget': () =>
    Promise.resolve(ok(settings.change({ saveFolder: null, lastSaveFolder: null }))),
  'storage:read': async () => ok(await storage.read()),
  'storage:clear': async ({ part }) => {
    await storage.clear(part)
    return ok(await storage.read())
  },
})
