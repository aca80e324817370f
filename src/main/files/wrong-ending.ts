import { basename, extname } from 'node:path'
import { fail, type Failure } from '../../shared/outcome.ts'

/**
 * Refuses a name that says another format than the one that is written; null for a right one and for one that says
 * nothing. Endings differ in no more than their case.
 */
export function wrongEnding(target: string, written: string): Failure | null {
  const ending = extname(target)
  if (ending === '' || ending.toLowerCase() === written.toLowerCase()) return null
  return fail('usage', `Understudy writes an ${written.slice(1).toUpperCase()} file here, not “${ending}”.`, {
    advice: `Name it “${basename(target, ending)}${written}”.`,
  })
}
