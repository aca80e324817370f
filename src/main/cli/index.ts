import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { fileURLToPath } from 'node:url'
import { ulid } from 'ulid'
import { z } from 'zod'
import { openStudio, openWorkshop } from '../core/open-studio.ts'
import { homeFolder, environmentSecrets, rootAbove } from '../system/environment.ts'
import { createRunTool } from '../processes/run-tool.ts'
import { stopSignal } from '../system/log.ts'
import { systemClock } from '../system/clock.ts'
import type { Log } from '../system/ports.ts'
import { systemBin } from '../files/system-bin.ts'
import { openNetwork } from '../network/open-network.ts'
import { openSettingsFile } from '../core/settings-store.ts'
import { examine } from '../core/doctor.ts'
import { flagsFor } from './flags-for.ts'
import type { Outside } from './session.ts'
import { plain } from './output.ts'
import { run } from './run.ts'

const { env, stdin, stdout, stderr } = process

const root = rootAbove(dirname(fileURLToPath(import.meta.url)))
const about: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const { version } = z.object({ version: z.string() }).parse(about)

/** Goes to standard error only when asked for: a command line speaks about its own work. */
const log: Log = (line, { take, error } = {}) => {
  if (env['UNDERSTUDY_LOG'] === undefined) return
  const words = [take, line, error instanceof Error ? (error.stack ?? error.message) : undefined]
  stderr.write(`${plain(words.filter((word) => word !== undefined).join(' '))}\n`)
}

const homeOf = (home: string | null) => homeFolder(home === null ? env : { ...env, UNDERSTUDY_HOME: home })

async function ask(question: string, signal: AbortSignal): Promise<boolean> {
  // Not a terminal interface: that would swallow Ctrl-C.
  const reader = createInterface({ input: stdin, output: stderr, terminal: false })
  try {
    const answer = await reader.question(`${plain(question)} [y/N] `, { signal })
    return /^y(es)?$/i.test(answer.trim())
  } catch (error) {
    if (signal.aborted) return false
    throw error
  } finally {
    reader.close()
  }
}

// The reader of the output may leave early, as `head` does; a paid take continues anyway.
for (const stream of [stdout, stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })

const network = openNetwork(env, process.platform)

function core(given: string | null) {
  const home = homeOf(given)
  const resources = join(root, 'resources')
  const [settings, secrets] = [openSettingsFile(home), environmentSecrets(env)]
  return { home, resources, network, settings, secrets, bin: systemBin, log }
}

const outside: Outside = {
  stdout: (text) => void stdout.write(text),
  stderr: (text) => void stderr.write(text),
  isTTY: stdout.isTTY,
  ask: stdin.isTTY ? ask : null,
  openSettings: (home) => core(home).settings,
  openWorkshop: (home) => openWorkshop({ ...core(home), adviceOn: flagsFor }),
  openStudio: (home) => openStudio(core(home)),
  examine: (home) => examine({ root, home: homeOf(home), version, run: createRunTool() }),
  newTakeId: ulid,
  isFile: existsSync,
  now: systemClock.now,
  // npm changes to the project's folder before it runs a script; paths are relative to the user's own folder.
  cwd: env['npm_lifecycle_event'] === 'understudy' ? (env['INIT_CWD'] ?? process.cwd()) : process.cwd(),
  version,
  signal: stopSignal(process, systemClock),
}

const code = await run(process.argv.slice(2), outside)
// Whatever still holds a handle must not keep a finished command alive.
stdout.write('', () => stderr.write('', () => process.exit(code)))
