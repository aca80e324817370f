import type { Bytes } from '../../shared/units.ts'

type Entry = { readonly bytes: Uint8Array<ArrayBuffer>; readonly contentType: string }

/** Even nothing costs something to keep. */
const overhead = 1024
const cost = (entry: Entry): Bytes => entry.bytes.byteLength + overhead

/** Keeps what was used last within `limit` bytes; the newest entry is always kept. */
export function createRecentBytes(limit: Bytes) {
  // A Map remembers the order of insertion: the first key is the one used longest ago.
  const entries = new Map<string, Entry>()
  let held = 0

  function dropOldest() {
    for (const [token, entry] of entries) {
      if (held <= limit || entries.size === 1) return
      entries.delete(token)
      held -= cost(entry)
    }
  }

  return {
    put: (token: string, entry: Entry): void => {
      entries.set(token, entry)
      held += cost(entry)
      dropOldest()
    },
    get: (token: string): Entry | undefined => {
      const entry = entries.get(token)
      if (entry === undefined) return undefined
      entries.delete(token)
      entries.set(token, entry)
      return entry
    },
  }
}
