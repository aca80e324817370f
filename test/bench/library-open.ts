import { execFile } from 'node:child_process'
import { closeSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { entries, root } from '../../scripts/lib/paths.mjs'
import { fillLibrary } from '../support/library/fill-library.ts'
import { makeHome } from '../support/window/browser-face.ts'

export const name = 'a library of 10,000 takes: opened, listed, and its damaged list rebuilt'
export const limit = { open: 1000, list: 1000, rebuild: 15_000, megabytes: 500, unit: 'ms, MB' }

const takes = 10_000
const runs = 3

const answer = z.object({ open: z.number(), megabytes: z.number() })

/** In a process of its own, so that its memory is that of a start. */
const opening = `
import { openStudio } from ${JSON.stringify(new URL('../../src/main/core/open-studio.ts', import.meta.url))}
import { openSettingsFile } from ${JSON.stringify(new URL('../../src/main/core/settings-store.ts', import.meta.url))}
import { environmentSecrets } from ${JSON.stringify(new URL('../../src/main/system/environment.ts', import.meta.url))}
import { straightNetwork } from ${JSON.stringify(new URL('../support/servers/straight-network.ts', import.meta.url))}
const home = process.env.UNDERSTUDY_HOME
const began = performance.now()
const studio = await openStudio({
  home, network: straightNetwork, settings: openSettingsFile(home), secrets: environmentSecrets({}), log: () => {},
  resources: ${JSON.stringify(join(root, 'resources'))}, bin: async () => {},
})
if (!studio.ok) throw new Error(studio.problem.message)
const open = performance.now() - began
const megabytes = process.resourceUsage().maxRSS / 1024
await studio.value.close()
console.log(JSON.stringify({ open, megabytes }))
`

const execute = promisify(execFile)

function started(home: string, ...args: readonly string[]) {
  const env = { ...process.env, UNDERSTUDY_HOME: home, UNDERSTUDY_STATE: join(home, 'state') }
  return execute(process.execPath, [...args], { env, maxBuffer: 2 ** 27 })
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

async function median(work: () => Promise<number>): Promise<number> {
  const times: number[] = []
  for (let nth = 0; nth < runs; nth += 1) times.push(await work())
  return Math.round(times.toSorted((one, other) => one - other)[Math.floor(runs / 2)] ?? 0)
}

const opened = async (home: string) => {
  const { stdout } = await started(home, '--input-type=module', '--eval', opening)
  return answer.parse(JSON.parse(stdout))
}

/** One page in the middle. */
function damage(path: string): void {
  const page = Buffer.alloc(4096, 7)
  const file = openSync(path, 'r+')
  writeSync(file, page, 0, page.length, Math.floor(statSync(path).size / page.length / 2) * page.length)
  closeSync(file)
}

export async function run() {
  const home = makeHome()
  const empty = makeHome()
  try {
    fillLibrary(home, takes)
    // The first start after an update reads every folder once.
    await opened(home)
    const open = await median(async () => (await opened(home)).open)
    const bare = await median(() => timed(() => started(empty, entries.cli, 'takes', 'list', '--json')))
    const listed = await median(() => timed(() => started(home, entries.cli, 'takes', 'list', '--json')))
    damage(join(home, 'studio.db'))
    const rebuilt = await opened(home)
    return {
      takes,
      open,
      list: listed - bare,
      rebuild: Math.round(rebuilt.open),
      megabytes: Math.round(rebuilt.megabytes),
      unit: limit.unit,
    }
  } finally {
    for (const folder of [home, empty]) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
