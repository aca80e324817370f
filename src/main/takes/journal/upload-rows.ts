import type { HostId } from '../../../shared/domain/delivery.ts'
import type { Milliseconds } from '../../../shared/units.ts'
import { numberOrNull, textOrNull, type Prepare } from './statements.ts'

/** One file put somewhere for a provider, noted before its first byte left, so that no process can forget it there. */
export type Upload = {
  /** Random; the object's own name. */
  readonly name: string
  readonly take: string
  readonly attempt: number
  readonly host: HostId
  readonly role: 'clip' | 'character'
  /**
   * `leaving`: to be taken down, and never to be used again whatever the take does; `stuck`: the same, and the user has
   * to know; `gone`: taken down, or never to be seen again.
   */
  readonly state: 'open' | 'up' | 'leaving' | 'stuck' | 'gone'
  readonly url: string | null
  readonly until: Milliseconds | null
  /** What the host wrote down to continue or remove it. */
  readonly note: unknown
}

export type UploadRows = {
  /** The uploads of a take that may still be out there. */
  readonly uploads: (take: string) => readonly Upload[]
  /** Those of all takes that are to be taken down. */
  readonly leavingUploads: () => readonly Upload[]
  readonly saveUpload: (upload: Upload) => void
}

type UploadWriter = UploadRows & {
  /** The same for a row that was kept elsewhere: one that is here already stays as it is. */
  readonly keepUpload: (upload: Upload) => void
}

const columns = 'name, take, attempt, host, role, state, url, until, note'

export const readUpload = (row: Record<string, unknown>): Upload => ({
  name: String(row['name']),
  take: String(row['take']),
  attempt: Number(row['attempt']),
  // Only these words were ever written.
  host: String(row['host']) as Upload['host'],
  role: String(row['role']) as Upload['role'],
  state: String(row['state']) as Upload['state'],
  url: textOrNull(row['url']),
  until: numberOrNull(row['until']),
  note: JSON.parse(String(row['note'])) as unknown,
})

export function uploadRows(prepare: Prepare): UploadWriter {
  const list = prepare(`SELECT ${columns} FROM uploads WHERE take = ? AND state <> 'gone'`)
  const leaving = prepare(`SELECT ${columns} FROM uploads WHERE state IN ('leaving', 'stuck')`)
  const values = `INTO uploads (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`
  const save = prepare(`INSERT OR REPLACE ${values}`)
  const keep = prepare(`INSERT OR IGNORE ${values}`)
  const cells = ({ name, take, attempt, host, role, state, url, until, note }: Upload) =>
    [name, take, attempt, host, role, state, url, until, JSON.stringify(note ?? null)] as const
  return {
    uploads: (take) => list.all(take).map(readUpload),
    leavingUploads: () => leaving.all().map(readUpload),
    saveUpload: (upload) => {
      save.run(...cells(upload))
    },
    keepUpload: (upload) => {
      keep.run(...cells(upload))
    },
  }
}
