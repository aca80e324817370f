import { basename } from 'node:path'
import { z } from 'zod'
import { isSameCommand, isSameStart, type Identity } from './identity.ts'
import type { Sight } from './find-process.ts'

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
export type ToolNote = Extract<Note, { kind: 'tool' }>

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

/** Gone for certain: nobody has its number, or somebody who started at another time. */
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
