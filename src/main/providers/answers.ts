import type { z } from 'zod'
import { readJson } from './json.ts'

/** What a service answered, as far as the schema knows it; null when it is not JSON or something else. */
export const readAnswer = <T>(text: string, schema: z.ZodType<T>): T | null =>
  schema.safeParse(readJson(text)).data ?? null
