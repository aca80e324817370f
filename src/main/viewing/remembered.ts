/** Facts, frame times, scans and waveforms of this many files; an hour of frame times is under two megabytes. */
const mostFiles = 24

/** Values by file and kind; the files used longest ago are forgotten first. */
export function createRemembered() {
  // A Map remembers the order of insertion: the first key is the one used longest ago.
  const files = new Map<string, Map<string, unknown>>()
  return {
    /** What was kept as `what` has the type it was kept with. */
    read: <T>(file: string, what: string): { readonly value: T } | null => {
      const values = files.get(file)
      if (!values?.has(what)) return null
      files.delete(file)
      files.set(file, values)
      return { value: values.get(what) as T }
    },
    keep: (file: string, what: string, value: unknown): void => {
      const values = files.get(file) ?? new Map<string, unknown>()
      values.set(what, value)
      files.delete(file)
      files.set(file, values)
      const [oldest] = files.keys()
      if (files.size > mostFiles && oldest !== undefined) files.delete(oldest)
    },
  }
}
