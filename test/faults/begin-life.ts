import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Plan } from './life.ts'

/** A studio in a process of its own, which a kill -9 ends. */
export function beginLife(plan: Plan) {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'life.ts'), JSON.stringify(plan)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const lines = createInterface({ input: child.stdout })
  const ended = once(child, 'exit').then(([code, signal]) => (signal ?? code) as string | number)
  return {
    ended,
    reaches: (state: string) =>
      new Promise<void>((resolve) => {
        lines.on('line', (line) => {
          if (line.endsWith(` ${state}`)) resolve()
        })
      }),
    kill: async () => {
      child.kill('SIGKILL')
      return ended
    },
  }
}
