import type { Problem } from '../../shared/outcome.ts'

export const createSay =
  (write: (text: string) => void) =>
  ({ message, advice }: Problem): void =>
    write(`${advice === undefined ? message : `${message} ${advice}`}\n`)
