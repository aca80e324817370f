import { z } from 'zod'
import { takeId } from './domain/take.ts'

/** A call of the contract: what it is asked with, and the type of its answer. */
export type Spec<Args, Answer> = { readonly args: z.ZodType<Args>; readonly answer?: Answer }
export const call =
  <Args>(args: z.ZodType<Args>) =>
  <Answer>(): Spec<Args, Answer> => ({ args })

export const nothing = z.strictObject({})
export const oneTake = z.strictObject({ take: takeId })
