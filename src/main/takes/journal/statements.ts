type Value = string | number | null

/** The part of the database that the tables beside takes and attempts need; only the journal opens it. */
export type Prepare = (sql: string) => {
  readonly run: (...values: Value[]) => unknown
  readonly all: (...values: Value[]) => readonly Record<string, unknown>[]
}

export const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null)
export const numberOrNull = (value: unknown): number | null => (typeof value === 'number' ? value : null)
