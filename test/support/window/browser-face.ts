import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { printedAddresses } from './printed-addresses.ts'
import { entries } from '../../../scripts/lib/paths.mjs'

export type BrowserFace = {
  /** An address that was not used yet: each lets in once. */
  readonly nextAddress: () => Promise<string>
  readonly home: string
  /** What it wrote to standard error so far, for the report of a failed test. */
  readonly said: () => string
  /** Ends at once, as a power cut would. */
  readonly kill: () => Promise<void>
  readonly close: () => Promise<void>
}

export const makeHome = () => mkdtempSync(join(tmpdir(), 'understudy-face-'))

/**
 * Starts the built browser face as a process of its own and waits for the address it prints. `own` are variables of the
 * user, such as keys.
 */
export async function startBrowserFace(
  home: string,
  own: Readonly<Record<string, string>> = {},
): Promise<BrowserFace> {
  const child = spawn(process.execPath, [entries.web, '--no-open'], {
    // Its file dialog starts in the user's home: that must not be the one of whoever runs the tests.
    env: { ...process.env, UNDERSTUDY_HOME: home, HOME: home, USERPROFILE: home, ...own },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  const exited = once(child, 'exit')
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal)
    await exited
  }
  const nextAddress = printedAddresses(child.stdout, () => said)
  const first = await nextAddress()
  let used = false
  return {
    nextAddress: () => {
      if (used) return nextAddress()
      used = true
      return Promise.resolve(first)
    },
    home,
    said: () => said,
    kill: () => end('SIGKILL'),
    close: async () => {
      await end('SIGTERM')
      rmSync(home, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
