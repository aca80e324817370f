/** Moves a library from a window's core in a process that kills itself at a step: `node window-move-child.ts JSON`. */
import { openWindowCore } from '../support/library/window-core.ts'
import type { MoveJob } from './library-move-child.ts'

const { home, to, dies } = JSON.parse(process.argv[2] ?? '{}') as MoveJob
const { core, move } = await openWindowCore(home, { chosen: to })
const studio: { move: typeof core.studio.move } = core.studio as never
const { move: copy } = core.studio
studio.move = (asked, call) =>
  copy(asked, {
    ...call,
    onStep: (step) => {
      if (step === dies) process.kill(process.pid, 'SIGKILL')
    },
  })
const answer = await move()
throw new Error(`it ended: ${JSON.stringify(answer)}`)
