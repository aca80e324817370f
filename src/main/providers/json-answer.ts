import type { z } from 'zod'

/** Whole numbers past 2^53 stay as written: an id must not lose its last digits. */
const exact = (_key: string, value: unknown, { source }: { readonly source?: string }) =>
  typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value) ? source : value

/** What a service answered, as far as the schema knows it; null when it is not JSON or something else. */
export function readJson<T>(text: string, schema: z.ZodType<T>): T | null {
  try {
    // TypeScript does not know the third argument of a reviver yet.
    const raw: unknown = JSON.parse(text, exact as (key: string, value: unknown) => unknown)
    return schema.safeParse(raw).data ?? null
  } catch {
    return null
  }
}
