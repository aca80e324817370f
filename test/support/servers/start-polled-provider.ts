import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** Starts a provider whose tasks never end, in a process of its own. */
export async function startPolledProvider() {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'polled-provider.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const origin of createInterface({ input: child.stdout })) {
    return { origin, close: () => child.kill() }
  }
  throw new Error('The provider did not start.')
}
