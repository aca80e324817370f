import { userInfo } from 'node:os'
import { join } from 'node:path'
import about from '../../../package.json' with { type: 'json' }
import type { EventName } from '../../shared/contract.ts'
import { ok, type Outcome } from '../../shared/outcome.ts'
import { openCore } from '../core/open-core.ts'
import { environmentSecrets } from '../system/environment-secrets.ts'
import type { Shelf } from '../files/files.ts'
import { createFolderLister } from './folder-list.ts'
import type { Intake } from '../files/intake.ts'
import { findPlaces } from './places.ts'
import { openIntake } from '../files/open-intake.ts'
import type { Log } from '../system/ports.ts'
import { openNetwork } from '../network/open-network.ts'
import { openSettingsFile } from '../system/settings-file.ts'
import { createAnswer, type Answer } from './answer.ts'
import { createFaceServices } from './face-services.ts'
import type { Machine } from './machine.ts'
import { startProgram } from './programs.ts'

/** What the server of the browser face asks of the core. */
export type WebCore = {
  readonly shelf: Shelf
  readonly intake: Intake
  readonly answer: Answer
  /** Cancels every call that runs. */
  readonly cancelAll: () => void
}

type Parts = {
  readonly home: string
  /** The folder that holds package.json and resources. */
  readonly root: string
  readonly machine: Machine
  readonly announce: (name: EventName, payload: unknown) => void
  readonly log: Log
}

/** Opens the library for the browser face. Loaded while the server already listens: it brings most of the code. */
export async function openWebCore(parts: Parts): Promise<Outcome<WebCore & { close: () => Promise<void> }>> {
  const { home, root, machine } = parts
  const places = () =>
    findPlaces({ platform: machine.platform, home: machine.home, user: userInfo().username })
  const core = await openCore({
    ...parts,
    resources: join(root, 'resources'),
    mediaBase: '/media/',
    network: openNetwork(machine.env, machine.platform),
    settings: openSettingsFile(home),
    secrets: environmentSecrets(machine.env),
    face: (shelf) =>
      createFaceServices({
        about: {
          version: about.version,
          face: 'browser',
          platform: machine.platform,
          nativeDialogs: false,
          library: home,
        },
        lister: createFolderLister({ shelf, roots: places }),
        machine,
        start: startProgram,
      }),
  })
  if (!core.ok) return core
  const { studio, shelf, dispatch, close } = core.value
  const intake = await openIntake(home, studio, shelf)
  return ok({ shelf, intake, answer: createAnswer(dispatch), cancelAll: dispatch.cancelAll, close })
}
