import fs from 'node:fs'
import { flushCompileCache, syncBuiltinESMExports } from 'node:module'
import { aTake, openLibrary } from '../support/library/library.ts'

/** What is done to a queue of waiting takes, and whether the life ends before or after that is on the disk. */
export type QueuePlan = {
  readonly folder: string
  readonly origin: string
  readonly takes: readonly string[]
  readonly act: 'pause' | 'resume' | 'move'
  readonly when: 'before' | 'after'
}

const { folder, origin, takes, act, when } = JSON.parse(process.argv[2] ?? '') as QueuePlan
const die = () => process.kill(process.pid, 'SIGKILL')

// Without a slot every take waits, paused or not.
const { library, until } = openLibrary({ folder, origin, width: 0 })
if (act !== 'pause') await library.pauseQueue(true)
for (const id of takes) {
  await library.submit(aTake(folder, { id }))
  await until(id, 'READY')
}

const rename = fs.promises.rename
fs.promises.rename = async (from, to) => {
  if (!String(to).endsWith('take-queue.json')) return rename(from, to)
  if (when === 'before') die()
  await rename(from, to)
  die()
}
syncBuiltinESMExports()
// Whoever is killed cannot leave what it compiled to the next one.
flushCompileCache()
if (act === 'move') await library.moveInQueue(takes.at(-1) ?? '', 'first')
else await library.pauseQueue(act === 'pause')
