/** Moves a library in a process of its own that kills itself at a step: `node library-move-child.ts JSON`. */
import { join } from 'node:path'
import { moveLibrary } from '../../src/main/core/library-move.ts'
import { openJournal } from '../../src/main/takes/journal/journal.ts'
import { openWindowCore } from '../support/library/window-core.ts'

export type MoveJob = {
  readonly home: string
  readonly to: string
  readonly dies: string
  /** With everything that a window has open, and not the library alone. */
  readonly window?: boolean
}

const { home, to, dies, window = false } = JSON.parse(process.argv[2] ?? '{}') as MoveJob
const onStep = (step: string) => {
  if (step === dies) process.kill(process.pid, 'SIGKILL')
}

async function moveFromWindow(): Promise<void> {
  const { core, move } = await openWindowCore(home, { chosen: to })
  const { studio } = core
  const { move: copy } = studio
  Object.assign(studio, {
    move: (...[asked, call]: Parameters<typeof copy>) => copy(asked, { ...call, onStep }),
  })
  await move()
}

async function moveAlone(): Promise<void> {
  const journal = openJournal(join(home, 'studio.db'), () => undefined)
  if (!journal.ok) throw new Error(journal.problem.message)
  const answer = await moveLibrary({ home, takes: () => [], database: journal.value }, to, { onStep })
  process.stdout.write(JSON.stringify(answer))
}

await (window ? moveFromWindow() : moveAlone())
