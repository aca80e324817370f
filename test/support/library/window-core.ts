import { join } from 'node:path'
import { root } from '../../../scripts/lib/paths.mjs'
import { openCore } from '../../../src/main/api/open-core.ts'
import type { FaceServices } from '../../../src/main/api/face-services.ts'
import { openIntake } from '../../../src/main/core/open-intake.ts'
import { openSettingsFile } from '../../../src/main/core/settings-store.ts'
import { openNetwork } from '../../../src/main/network/open-network.ts'
import { environmentSecrets } from '../../../src/main/system/environment.ts'
import type { CallAnswer, CallArgs, CallName } from '../../../src/shared/contract.ts'
import { fail, ok, type Outcome } from '../../../src/shared/outcome.ts'

const without = () => Promise.resolve(fail('usage', 'Nobody chooses anything here.'))

type Options = {
  /** The folder that the user chooses in every folder dialog. */
  readonly chosen?: string
  readonly bin?: (path: string) => Promise<void>
}

/** The core as a window has it, on a real home. */
export async function openWindowCore(home: string, { chosen, bin = () => Promise.resolve() }: Options = {}) {
  const announced: { readonly name: string; readonly payload: unknown }[] = []
  const moved: string[] = []
  const face: FaceServices = {
    about: { version: '0', face: 'browser', platform: process.platform, nativeDialogs: true, library: home },
    chooseFiles: without,
    chooseSaveTarget: without,
    chooseFolder: () => Promise.resolve(ok(chosen ?? null)),
    downloads: () => null,
    folderToken: () => Promise.resolve(null),
    reveal: (path) => Promise.resolve(ok({ name: path, folder: home })),
    listFolder: without,
  }
  const opened = await openCore({
    home,
    root,
    resources: join(root, 'resources'),
    mediaBase: '/media/',
    network: openNetwork({}, process.platform),
    settings: openSettingsFile(home),
    secrets: environmentSecrets({}),
    bin,
    face: () => face,
    announce: (name, payload) => {
      announced.push({ name, payload })
    },
    onMoved: (to) => {
      moved.push(to)
    },
    log: () => undefined,
  })
  if (!opened.ok) throw new Error(opened.problem.message)
  const core = opened.value
  const ask = <N extends CallName>(name: N, args: CallArgs<N>, id?: string) =>
    core.dispatch.ask(name, args, id) as Promise<Outcome<CallAnswer<N>>>
  return {
    core,
    ask,
    announced,
    /** Where the face was told to open the library. */
    moved,
    intake: await openIntake(home, core),
    /** Chooses the folder and moves the library there. */
    move: async (id?: string) => {
      const plan = await ask('library:plan-move', { folder: null })
      if (!plan.ok) return plan
      return ask('library:move', { plan: plan.value?.plan ?? '' }, id)
    },
  }
}

export type WindowCore = Awaited<ReturnType<typeof openWindowCore>>
