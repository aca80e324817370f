export type Remembered<Value> = {
  readonly read: (key: string) => Value | undefined
  readonly keep: (key: string, value: Value) => void
}

/** Values by file, `most` of them; those used longest ago are forgotten first. */
export function createRemembered<Value>(most: number): Remembered<Value> {
  // A Map remembers the order of insertion: the first key is the one used longest ago.
  const values = new Map<string, Value>()
  const keep = (key: string, value: Value): void => {
    values.delete(key)
    values.set(key, value)
    const [oldest] = values.keys()
    if (values.size > most && oldest !== undefined) values.delete(oldest)
  }
  return {
    keep,
    read: (key) => {
      const value = values.get(key)
      if (value !== undefined) keep(key, value)
      return value
    },
  }
}
