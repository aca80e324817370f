import { spawn } from 'node:child_process'
import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { withoutKeys } from '../system/without-keys.ts'

/** A program that has a window of its own. */
export type Program = {
  /** False when it could not be started at all. */
  readonly ended: Promise<boolean>
  readonly stop: () => void
}

export type StartProgram = (
  command: string,
  args: readonly string[],
  /** Whether it goes on when this process is interrupted. */
  options: { readonly outlives: boolean },
) => Program

export const startProgram: StartProgram = (command, args, { outlives }) => {
  const env = withoutKeys(process.env)
  const child = spawn(command, args, { stdio: 'ignore', detached: outlives, env })
  if (outlives) child.unref()
  const ended = new Promise<boolean>((resolve) => {
    child.on('error', () => resolve(false))
    child.on('exit', () => resolve(true))
  })
  return { ended, stop: () => void child.kill() }
}

/** Whether there is a program at this path that this user may run. */
export const canRun = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
