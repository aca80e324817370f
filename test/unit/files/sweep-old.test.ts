import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { sweepOld } from '../../../src/main/files/file-identity.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'understudy-sweep-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

it('takes away what a killed process left more than a day ago, and nothing that may be in use', async () => {
  const now = Date.now()
  const left = join(folder, 'pass-1.log')
  const leftFolder = join(folder, 'element-1')
  const used = join(folder, 'pass-2.log')
  writeFileSync(left, 'left')
  mkdirSync(leftFolder)
  writeFileSync(join(leftFolder, 'picture.jpg'), 'left')
  writeFileSync(used, 'used')
  const twoDaysAgo = new Date(now - 2 * 24 * 3_600_000)
  for (const path of [left, leftFolder]) utimesSync(path, twoDaysAgo, twoDaysAgo)
  await sweepOld(folder, now)
  expect([left, leftFolder, used].map((path) => existsSync(path))).toEqual([false, false, true])
})

it('does not mind a folder that was never made', async () => {
  await expect(sweepOld(join(folder, 'none'), Date.now())).resolves.toBeUndefined()
})
