import { isProgress } from './progress.ts'

/** From where an absolute path begins up to the last slash of it; a blank behind a colon ends it. */
const folders =
  /(?<![\w.])(?:file:)?(?:[A-Za-z]:)?[\\/](?:(?!: )[^\\/\n])+?[\\/](?:(?:(?!: )[^\\/\n])*?[\\/])*/g

/** The last line a tool wrote, with names of files but not where they lie: that is nobody's business. */
export function lastWords(stderr: string): string {
  const line = stderr
    .trim()
    .split('\n')
    .findLast((one) => !isProgress(one))
  if (line === undefined) return ''
  return line.replace(folders, '…/').slice(-500)
}
