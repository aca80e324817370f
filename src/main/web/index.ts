import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import type { Problem } from '../../shared/outcome.ts'
import { systemClock } from '../system/clock.ts'
import { homeFolder, rootAbove } from '../system/environment.ts'
import { followMoves } from '../system/moved-home.ts'
import { readArguments, type WebArguments } from './arguments.ts'
import { devRenderer } from './pages.ts'
import { createCores } from './cores.ts'
import { type Machine, openWindow, windowFile, startProgram } from './browser-window.ts'
import { createSockets } from './sockets.ts'
import { exitOnUncaught, createLog, stopSignal } from '../system/log.ts'
import { createTickets } from './tickets.ts'
import { untilTheUserLeaves } from './lifetime.ts'
import { createWebFace } from './server.ts'

const createSay =
  (write: (text: string) => void) =>
  ({ message, advice }: Problem): void =>
    write(`${advice === undefined ? message : `${message} ${advice}`}\n`)

const { env, platform, stdout, stderr } = process

const root = rootAbove(import.meta.dirname)
const write = (text: string) => void stderr.write(text)
const say = createSay(write)
const log = createLog(write, homedir())
exitOnUncaught(process, log, () => process.exit(1))
const machine: Machine = { platform, env, home: homedir(), root: process.getuid?.() === 0 }

const secret = () => randomBytes(32).toString('base64url')

const stop = stopSignal(process, systemClock)
const interrupted = new Promise<void>((resolve) => {
  stop.addEventListener('abort', () => {
    resolve()
  })
})

/** Runs until the user leaves; answers the exit code. */
async function run({ port, open, home: chosen }: WebArguments): Promise<number> {
  const home = chosen === null ? homeFolder(env) : followMoves(chosen)
  const profile = join(home, 'window')
  const sockets = createSockets()
  const tickets = createTickets(secret)
  const cores = createCores(async (folder, onMoved) => {
    // Most of the code: it is loaded while the window opens and asks for the page.
    const { openWebCore } = await import('./core.ts')
    return openWebCore({ home: folder, root, machine, announce: sockets.announce, onMoved, log })
  })
  const face = await createWebFace({
    port,
    host: `${randomBytes(10).toString('hex')}.localhost`,
    session: secret(),
    tickets,
    renderer: join(root, 'out', 'renderer'),
    devRenderer: devRenderer(env),
    core: cores.current,
    sockets,
    log,
  })
  if (!face.ok) {
    say(face.problem)
    return 2
  }
  const { entrance, close } = face.value
  const forget = () => void rm(windowFile(profile), { force: true }).catch(() => undefined)
  const window = open
    ? await openWindow({
        machine,
        address: entrance(tickets.issue(forget)),
        profile,
        start: startProgram,
      })
    : null
  /** An address lets in once, so there is always one more. */
  const invite = (words: string) => {
    const next = () => {
      invite('To open it in another browser:')
    }
    stdout.write(`${words} ${entrance(tickets.issue(next))}\n`)
  }

  const core = await cores.open(home)
  let ended = core.ok ? null : core.problem
  if (core.ok) {
    invite('Understudy is open at')
    if (window?.ok === false) say(window.problem)
    const leaving = untilTheUserLeaves({
      window: window?.ok ? window.value : null,
      sockets,
      clock: systemClock,
      grace: 5_000,
      interrupted,
      say,
    }).then(() => null)
    ended = await Promise.race([leaving, cores.lost])
  }
  if (ended !== null) {
    say(ended)
    if (window?.ok) window.value.stop()
  }
  await close()
  await rm(windowFile(profile), { force: true }).catch(() => undefined)
  await cores.close()
  return ended === null ? 0 : 7
}

// npm changes to the project's folder before it runs a script; paths are relative to the user's own folder.
const given = readArguments(process.argv.slice(2), env['INIT_CWD'] ?? process.cwd())
if (!given.ok) say(given.problem)
// Whatever still holds a handle must not keep a studio alive that the user has left.
process.exit(given.ok ? await run(given.value) : 2)
