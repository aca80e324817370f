/** Moves a library in a process of its own that kills itself at a step: `node library-move-child.ts JSON`. */
import { join } from 'node:path'
import { moveLibrary } from '../../src/main/core/library-move.ts'
import { openJournal } from '../../src/main/takes/journal/journal.ts'

export type MoveJob = {
  readonly home: string
  readonly to: string
  readonly dies: string
}

const { home, to, dies } = JSON.parse(process.argv[2] ?? '{}') as MoveJob
const journal = openJournal(join(home, 'studio.db'), () => undefined)
if (!journal.ok) throw new Error(journal.problem.message)
await moveLibrary({ home, takes: () => [], copyDatabase: journal.value.copyTo }, to, {
  onStep: (step) => {
    if (step === dies) process.kill(process.pid, 'SIGKILL')
  },
})
