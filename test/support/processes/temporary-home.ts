import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Says to child processes that the home they inherit is already a temporary one. */
const MARK = 'UNDERSTUDY_TEST_HOME'

/**
 * No test may touch the library of whoever runs it: whatever UNDERSTUDY_HOME says, it becomes a folder that is removed
 * when this process ends.
 */
export function useTemporaryHome(env = process.env): void {
  const home = env['UNDERSTUDY_HOME']
  if (home !== undefined && home === env[MARK]) return
  const folder = mkdtempSync(join(tmpdir(), 'understudy-home-'))
  env['UNDERSTUDY_HOME'] = folder
  env['UNDERSTUDY_STATE'] = join(folder, 'state')
  env[MARK] = folder
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
}
