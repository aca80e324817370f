import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { homedir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import about from '../../../package.json' with { type: 'json' }
import { systemClock } from '../clock.ts'
import { openCore } from '../compose.ts'
import { environmentSecrets } from '../environment-secrets.ts'
import type { Shelf } from '../files/files.ts'
import { createFolderLister } from '../files/folder-list.ts'
import { createIntake } from '../files/intake.ts'
import { findPlaces } from '../files/places.ts'
import { homeFolder } from '../home.ts'
import { openSettingsFile } from '../settings-file.ts'
import { readArguments, type WebArguments } from './arguments.ts'
import { devRenderer } from './dev-renderer.ts'
import { createFaceServices } from './face-services.ts'
import type { Machine } from './machine.ts'
import { canRun, startProgram } from './programs.ts'
import { createSockets } from './sockets.ts'
import { createLog, createSay } from './speak.ts'
import { untilTheUserLeaves } from './visit.ts'
import { createWebFace } from './web-face.ts'

const { env, platform, stdout, stderr } = process

/** The folder that holds package.json and resources, from source as well as from a build. */
function rootAbove(folder: string): string {
  if (existsSync(join(folder, 'package.json')) || dirname(folder) === folder) return folder
  return rootAbove(dirname(folder))
}

const root = rootAbove(import.meta.dirname)
const write = (text: string) => void stderr.write(text)
const say = createSay(write)
const log = createLog(write, homedir())
const machine: Machine = { platform, env, home: homedir(), root: process.getuid?.() === 0 }
const places = () => findPlaces({ platform, home: homedir(), user: userInfo().username })

/** Resolves at the first signal; a second one does not wait for an orderly end. */
const interrupted = new Promise<void>((resolve) => {
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(name, () => {
      resolve()
      process.on(name, () => process.exit(130))
    })
})

/** Runs until the user leaves; answers the exit code. */
async function run({ port, open, home: chosen }: WebArguments): Promise<number> {
  const home = chosen ?? homeFolder(env)
  const sockets = createSockets()
  const services = (shelf: Shelf) =>
    createFaceServices({
      about: { version: about.version, face: 'browser', platform, nativeDialogs: false, library: home },
      lister: createFolderLister({ shelf, roots: places }),
      machine,
      start: startProgram,
    })
  const core = await openCore({
    home,
    resources: join(root, 'resources'),
    mediaBase: '/media/',
    settings: openSettingsFile(home),
    secrets: environmentSecrets(env),
    announce: sockets.announce,
    face: services,
    log,
  })
  if (!core.ok) {
    say(core.problem)
    return 7
  }
  const intake = createIntake({ folder: join(home, 'dropped'), shelf: core.value.shelf })
  await intake.sweep()
  const face = await createWebFace({
    ...core.value,
    port,
    token: randomBytes(32).toString('base64url'),
    renderer: join(root, 'out', 'renderer'),
    devRenderer: devRenderer(env),
    intake,
    sockets,
    log,
  })
  if (!face.ok) {
    say(face.problem)
    await core.value.close()
    return 2
  }
  const { address } = face.value
  stdout.write(`Understudy is open at ${address}\n`)
  await untilTheUserLeaves({
    open,
    machine,
    address,
    profile: join(home, 'window'),
    runs: canRun,
    start: startProgram,
    sockets,
    clock: systemClock,
    grace: 5_000,
    interrupted,
    say,
  })
  await face.value.close()
  await core.value.close()
  return 0
}

// npm changes to the project's folder before it runs a script; paths are meant from where the user stands.
const given = readArguments(process.argv.slice(2), env['INIT_CWD'] ?? process.cwd())
if (!given.ok) say(given.problem)
// Whatever still holds a handle must not keep a studio alive that the user has left.
process.exit(given.ok ? await run(given.value) : 2)
