import fs, { mkdirSync, renameSync } from 'node:fs'
import { flushCompileCache, syncBuiltinESMExports } from 'node:module'
import { basename, join } from 'node:path'
import { openLibrary } from '../support/library/library.ts'

/** What is done to a take, and at which rename the life ends: the first is that of `take.json`, the second its folder’s. */
export type TrashPlan = {
  readonly folder: string
  readonly take: string
  readonly act: 'putInTrash' | 'restore' | 'emptyTrash'
  /** How many renames are still done. */
  readonly renames: 0 | 1
}

const { folder, take, act, renames } = JSON.parse(process.argv[2] ?? '') as TrashPlan
const die = () => process.kill(process.pid, 'SIGKILL')

const bin = (path: string) => {
  mkdirSync(join(folder, 'bin'), { recursive: true })
  renameSync(path, join(folder, 'bin', basename(path)))
  return Promise.resolve()
}

const { library } = openLibrary({ folder, origin: 'http://127.0.0.1:1', bin })
const real = fs.renameSync
let left = renames
fs.renameSync = (from, to) => {
  if (left === 0) die()
  real(from, to)
  left -= 1
  // The bin has the folder, and nothing says so yet.
  if (act === 'emptyTrash') die()
}
syncBuiltinESMExports()
// Whoever is killed cannot leave what it compiled to the next one.
flushCompileCache()
await library[act]([take])
