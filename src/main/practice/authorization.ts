import { createHash, timingSafeEqual } from 'node:crypto'
import { accepted, refusal, type OrRefusal } from './refusals.ts'

const digest = (text: string) => createHash('sha256').update(text).digest()

/** Holds an `Authorization` header against the one key this server knows; exactly one space after the scheme. */
export function checkAuthorization(header: string | undefined, key: string): OrRefusal<null> {
  if (header === undefined || header.trim() === '') return refusal(1001)
  const given = /^Bearer (\S+)$/.exec(header)?.[1]
  if (given === undefined) return refusal(1002)
  return timingSafeEqual(digest(given), digest(key)) ? accepted(null) : refusal(1000)
}
