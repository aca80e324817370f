import type { Choosable } from '../../lib/shortcut-choices.ts'
import { commandKey, shortcuts } from '../../lib/shortcuts.ts'
import { commandNames } from './text.ts'

/** What a command does: its own name, else the line that it has to itself in the list. */
export function nameOfCommand({ scope, command }: Choosable): string {
  const row = shortcuts[scope].find(({ commands }) => Object.hasOwn(commands, command))
  return commandNames[commandKey(scope, command)] ?? row?.does ?? command
}
