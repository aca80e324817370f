import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'
import { printedAddresses } from '../window/printed-addresses.ts'

const source = (name: string) => join(import.meta.dirname, '../../..', name)

/** The browser face as a process of its own, from source; it throws what nobody catches when it gets SIGUSR2. `user`: the home folder of the user. */
export async function startStudioProcess(home: string, user = home) {
  const surprise = "process.on('SIGUSR2', () => { throw new Error('a surprise') })"
  const child = spawn(process.execPath, [source('src/main/web/index.ts'), '--home', home, '--no-open'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ...{ HOME: user, USERPROFILE: user },
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(surprise)}`,
    },
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  const ended = once(child, 'close')
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal)
    const [code] = await ended
    return code as number | null
  }
  onTestFinished(() => end('SIGKILL').then(() => undefined))
  const nextAddress = printedAddresses(child.stdout, () => said)
  return { address: await nextAddress(), nextAddress, end, said: () => said }
}

/** The command line as a process of its own, from source, on a machine that has only these programs. */
export function startCommand(home: string, path: string, ...args: string[]) {
  const child = spawn(process.execPath, [source('src/main/cli/index.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, PATH: path, UNDERSTUDY_HOME: home },
  })
  const ended = once(child, 'close')
  const states: string[] = []
  const heard = new Set<() => void>()
  const lines = createInterface({ input: child.stdout })
  lines.on('line', (line) => {
    if (!line.startsWith('{"event":"state"')) return
    states.push((JSON.parse(line) as { readonly state: string }).state)
    for (const look of heard) look()
  })
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal)
    await ended
  }
  onTestFinished(() => end('SIGKILL'))
  return {
    ended,
    end,
    reaches: (state: string) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (states.includes(state)) resolve()
        }
        heard.add(look)
        look()
      }),
  }
}
