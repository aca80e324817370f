import { userInfo } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import type { Dispatch } from '../api/dispatch.ts'
import { ok, type Outcome } from '../../shared/outcome.ts'
import type { FolderLister, FileTokens } from '../files/file-tokens.ts'
import type { FaceServices } from '../api/face-services.ts'
import { type Machine, type StartProgram, startProgram } from './browser-window.ts'
import { reveal, saveTarget } from './save-target.ts'
import type { EventName } from '../../shared/contract.ts'
import { openCore } from '../api/open-core.ts'
import { environmentSecrets } from '../system/environment.ts'
import { createFolderLister, findPlaces } from './folder-list.ts'
import type { Intake } from '../files/intake.ts'
import { systemBin } from '../files/system-bin.ts'
import { openIntake } from '../core/open-intake.ts'
import type { Log } from '../system/ports.ts'
import { openNetwork } from '../network/open-network.ts'
import { openSettingsFile } from '../core/settings-store.ts'
import { noSystemDialog, noFolderYet } from './problems.ts'
import about from '../../../package.json' with { type: 'json' }

const question = z.strictObject({
  id: z.string().min(1).max(64),
  name: z.string().max(80),
  args: z.unknown(),
  callId: z.string().max(40).optional(),
})

function readQuestion(text: string): z.infer<typeof question> | null {
  try {
    return question.parse(JSON.parse(text))
  } catch {
    return null
  }
}

/** The text of an answer to the text of a question; null when that is no question at all. */
export type Answer = (text: string) => Promise<string | null>

export const createAnswer =
  (dispatch: Pick<Dispatch, 'ask'>): Answer =>
  async (text) => {
    const asked = readQuestion(text)
    if (asked === null) return null
    const { id, name, args, callId } = asked
    return JSON.stringify({ id, answer: await dispatch.ask(name, args, callId) })
  }

type ServiceParts = {
  readonly about: FaceServices['about']
  readonly lister: FolderLister
  readonly machine: Machine
  readonly start: StartProgram
}

/** What this face does without system dialogs. */
export const createFaceServices = ({ about, lister, machine, start }: ServiceParts): FaceServices => ({
  about,
  chooseFiles: () => Promise.resolve(noSystemDialog),
  chooseSaveTarget: async ({ folder, name, suggestedName }) => {
    if (folder === null) return noFolderYet
    const path = lister.folderPath(folder)
    return path.ok ? saveTarget({ folder: path.value, name, suggestedName }) : path
  },
  chooseFolder: (folder) => Promise.resolve(folder === null ? noFolderYet : lister.folderPath(folder)),
  downloads: () => join(machine.home, 'Downloads'),
  folderToken: lister.folderToken,
  reveal: (path) => reveal(machine, start, path),
  listFolder: lister.list,
})

/** What the server of the browser face asks of the core. */
export type WebCore = {
  readonly fileTokens: FileTokens
  readonly intake: Intake
  readonly answer: Answer
  /** Cancels every call that runs. */
  readonly cancelAll: () => void
}

export type ClosableCore = WebCore & { readonly close: () => Promise<void> }

type CoreParts = {
  readonly home: string
  /** The folder that holds package.json and resources. */
  readonly root: string
  readonly machine: Machine
  readonly announce: (name: EventName, payload: unknown) => void
  readonly onMoved: (to: string) => void
  readonly log: Log
}

/** Opens the library for the browser face. Loaded while the server already listens: it brings most of the code. */
export async function openWebCore(parts: CoreParts): Promise<Outcome<ClosableCore>> {
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
    bin: systemBin,
    face: (fileTokens) =>
      createFaceServices({
        about: {
          version: about.version,
          face: 'browser',
          platform: machine.platform,
          nativeDialogs: false,
          library: home,
        },
        lister: createFolderLister({ fileTokens, roots: places }),
        machine,
        start: startProgram,
      }),
  })
  if (!core.ok) return core
  const { fileTokens, dispatch, close } = core.value
  const intake = await openIntake(home, core.value)
  return ok({ fileTokens, intake, answer: createAnswer(dispatch), cancelAll: dispatch.cancelAll, close })
}
