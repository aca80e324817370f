import { basename, dirname, join } from 'node:path'
import { readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { isSameCommand, isSameStart, type Identity, type Sight, type Processes } from './find-process.ts'
import type { Milliseconds } from '../../shared/units.ts'
import { makeFolder } from '../files/durable.ts'
import { sweepOld } from '../files/file-identity.ts'
import type { Clock, Log } from '../system/ports.ts'

const note = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('tool'),
    pid: z.number().int().min(2),
    started: z.string(),
    command: z.array(z.string()).readonly(),
  }),
  z.object({ kind: z.literal('file'), path: z.string() }),
])
/** Something that outlives us when we are killed: a tool that runs, or a file that is not finished. */
export type Note = z.infer<typeof note>
type ToolNote = Extract<Note, { kind: 'tool' }>

/** Null for a note that was torn by the kill itself. */
export function readNote(text: string): Note | null {
  try {
    return note.parse(JSON.parse(text))
  } catch {
    return null
  }
}

export const folderNameOf = ({ pid, started }: Identity): string => `${pid}-${started}`

/** Whose folder this is; null for one that is not made like that. */
export function ownerOf(folderName: string): Identity | null {
  const [, pid, started] = /^(\d+)-(boot[0-9a-f]+\.\d+|\d+)$/i.exec(folderName) ?? []
  return pid === undefined || started === undefined ? null : { pid: Number(pid), started }
}

/** Gone for certain: no process has its number, or one that started at another time. */
export function isGone(owner: Identity, sight: Sight): boolean {
  if (sight === 'unknown') return false
  return sight === 'gone' || !isSameStart(owner.started, sight.started)
}

/** The very process that was noted, by its start and by its command line. Everything else is left alone. */
export function isStill({ started, command }: ToolNote, sight: Sight): boolean {
  if (typeof sight === 'string') return false
  return isSameStart(started, sight.started) && isSameCommand(command, sight.command)
}

/** Of an unfinished file, and of a folder in which files wait until all of them are finished. */
const temporaryNames = /^\.([0-9a-f]{12,16}\.part(\.\w+)?|understudy-\w{6})$/

/** Only what bears a temporary name of ours is ever deleted. */
export const isTemporary = (path: string): boolean => temporaryNames.test(basename(path))

/** Strikes a note off. */
type Untrack = () => void
/** Notes a program that was just started, by its number and its whole command line. */
export type TrackTool = (pid: number, command: readonly string[]) => Untrack
/** Notes a file, or a folder of files, that is about to be written under a temporary name. */
export type TrackFile = (path: string) => Untrack

/** What this process would leave behind if it were killed now, noted on disk for the next start to clear away. */
export type Leftovers = {
  /** For scratch files of this process only; deleted when it is closed or swept. */
  readonly folder: string
  readonly trackTool: TrackTool
  readonly trackFile: TrackFile
  /** Clears away after processes that were killed. Those that live, as a command beside the studio, are left alone. */
  readonly sweep: () => Promise<void>
  /** Ends what still runs and removes the folder. */
  readonly close: () => Promise<void>
}

type Parts = {
  /** Holds one folder per process of ours. */
  readonly folder: string
  readonly processes: Processes
  readonly clock: Clock
  readonly log: Log
  /** Ends a process and its children at once. */
  readonly end: (pid: number) => void
}

const maxEndTime: Milliseconds = 5000

export function createLeftovers(parts: Parts): Leftovers {
  const { processes, clock, log, end } = parts
  const birth = Math.round(clock.now() - process.uptime() * 1000)
  const self = { pid: process.pid, started: processes.startOf(process.pid, birth) }
  const own = join(parts.folder, folderNameOf(self))
  const running = new Map<string, number>()
  let outermost: string | undefined
  let count = 0

  /** Never the reason why something cannot be done: without its note, only a kill leaves something behind. */
  const note = (content: Note): string | null => {
    try {
      outermost = makeFolder(own, 0o700) ?? outermost
      const path = join(own, `${String((count += 1))}.json`)
      // Not flushed: what a kill leaves is in the system's memory, and a power cut ends every process anyway.
      writeFileSync(path, JSON.stringify(content), { mode: 0o600 })
      return path
    } catch (error) {
      log('a temporary file or a tool couldn’t be recorded', { error })
      return null
    }
  }
  const untrack = (path: string | null) => {
    if (path === null) return
    running.delete(path)
    try {
      rmSync(path, { force: true })
    } catch (error) {
      log('a record couldn’t be removed', { error })
    }
  }

  async function endTool(tool: ToolNote): Promise<boolean> {
    const until = clock.monotonic() + maxEndTime
    for (let asked = false; ; asked = true) {
      const sight = await processes.look(tool.pid)
      if (sight === 'unknown' || clock.monotonic() > until) return false
      if (!isStill(tool, sight)) return true
      if (!asked) {
        log('a tool of a killed Understudy still runs and is ended')
        end(tool.pid)
      }
      await clock.sleep(20)
    }
  }

  async function clear(folder: string): Promise<void> {
    const names = readdirSync(folder).filter((name) => name.endsWith('.json'))
    const notes = names.map((name) => readNote(readFileSync(join(folder, name), 'utf8')))
    const ended = await Promise.all(
      notes.map((one) => (one?.kind === 'tool' ? endTool(one) : Promise.resolve(true))),
    )
    if (!ended.every(Boolean)) {
      log('a tool of a killed Understudy couldn’t be ended; the next start tries again')
      return
    }
    for (const one of notes)
      if (one?.kind === 'file' && isTemporary(one.path)) rmSync(one.path, { recursive: true, force: true })
    rmSync(folder, { recursive: true, force: true })
  }

  async function sweep(): Promise<void> {
    const owned = names(parts.folder).filter((name) => ownerOf(name) !== null)
    const spared = new Set<string>()
    for (const name of owned) {
      const owner = ownerOf(name)
      const sight = owner && (await processes.look(owner.pid))
      if (!owner || !sight || !isGone(owner, sight)) {
        spared.add(name)
        continue
      }
      try {
        await clear(join(parts.folder, name))
      } catch (error) {
        log('leftovers of a killed Understudy couldn’t be removed', { error })
      }
    }
    await sweepOld(parts.folder, clock.now(), spared)
  }

  return {
    folder: own,
    trackTool: (pid, command) => {
      const path = note({
        kind: 'tool',
        pid,
        started: processes.startOf(pid, clock.now()),
        command,
      })
      if (path !== null) running.set(path, pid)
      return () => untrack(path)
    },
    trackFile: (file) => {
      const path = note({ kind: 'file', path: file })
      return () => untrack(path)
    },
    sweep,
    close: async () => {
      const until = clock.monotonic() + maxEndTime
      for (const pid of running.values()) end(pid)
      while (running.size > 0 && clock.monotonic() < until) await clock.sleep(10)
      rmSync(own, { recursive: true, force: true })
      removeEmpty(parts.folder, outermost ?? parts.folder)
    },
  }
}

function names(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** Takes back a folder, and those above it that were made for it, unless something is in them. */
function removeEmpty(folder: string, last: string): void {
  try {
    rmdirSync(folder)
  } catch {
    return
  }
  const parent = dirname(folder)
  if (folder !== last && parent.startsWith(last)) removeEmpty(parent, last)
}
