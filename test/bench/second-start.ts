import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { root } from '../../scripts/lib/paths.mjs'
import { makeHome } from '../support/window/browser-face.ts'

export const name = 'a second npm start, before the window'
export const limit = { median: 3000, unit: 'ms' }

const runs = 5

/** From typing `npm start` to the address of the studio, with nothing to install and nothing to build. */
async function start(): Promise<number> {
  const home = makeHome()
  const began = performance.now()
  const child = spawn('npm', ['start', '--', '--browser', '--no-open'], {
    cwd: root,
    env: { ...process.env, UNDERSTUDY_HOME: home },
    stdio: ['ignore', 'pipe', 'ignore'],
    shell: process.platform === 'win32',
  })
  const exited = once(child, 'exit')
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.includes('http://')) return performance.now() - began
    }
    throw new Error('The studio ended before it was open.')
  } finally {
    child.kill('SIGTERM')
    await exited
    rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  }
}

export async function run() {
  await start()
  const times: number[] = []
  for (let nth = 0; nth < runs; nth += 1) times.push(await start())
  times.sort((a, b) => a - b)
  return {
    median: Math.round(times[Math.floor(runs / 2)] ?? 0),
    max: Math.round(times.at(-1) ?? 0),
    unit: 'ms',
  }
}
