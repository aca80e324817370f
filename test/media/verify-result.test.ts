import { copyFile, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isWhole, walkBoxes } from '../../src/main/media/probe/mp4-boxes.ts'
import { sha256Of } from '../../src/main/media/source-file.ts'
import { strictDecode, verifyResult } from '../../src/main/media/verify.ts'
import { fail } from '../../src/shared/outcome.ts'
import * as clips from '../support/clips/clips.ts'
import { createWorkbench, problemOf, valueOf, type Workbench } from '../support/clips/media-kit.ts'

let bench: Workbench
let whole: string
beforeAll(async () => {
  bench = await createWorkbench()
  whole = await clips.makeClip(bench.folder, 'result.mp4', { seconds: 2, width: 320, height: 180 })
})
afterAll(() => bench.remove())

const cutAt = async (share: number) => {
  const path = join(bench.folder, 'cut.mp4')
  const bytes = await readFile(whole)
  await writeFile(path, bytes.subarray(0, Math.round(bytes.length * share)))
  return path
}
const shares = Array.from({ length: 40 }, (_, index) => 0.3 + (0.68 * index) / 39)

describe('a downloaded result', () => {
  it('that is whole passes, with its facts and its hash', async () => {
    expect(valueOf(await verifyResult(bench.mediaTools, whole))).toEqual({
      bytes: (await stat(whole)).size,
      sha256: await sha256Of(whole),
      duration: 2,
      width: 320,
      height: 180,
      frameRate: 30,
    })
  })

  it('cut short anywhere is refused, although its index is whole', async () => {
    for (const share of shares)
      expect(problemOf(await verifyResult(bench.mediaTools, await cutAt(share))).code).toBe('result-unusable')
  })

  it('cut short is refused by the box walk alone, and by the strict decode alone', async () => {
    const about = { doing: 'Checking', duration: 2, otherwise: () => fail('result-unusable', 'Damaged.') }
    for (const share of [0.3, 0.5, 0.7, 0.9, 0.98]) {
      const path = await cutAt(share)
      expect(isWhole(await walkBoxes(path))).toBe(false)
      expect((await strictDecode(bench.mediaTools, path, about, {})).ok).toBe(false)
    }
  })

  it('with a hole in its pictures is refused', async () => {
    const bytes = await readFile(whole)
    bytes.fill(0, Math.round(bytes.length * 0.5), Math.round(bytes.length * 0.55))
    const path = join(bench.folder, 'hole.mp4')
    await writeFile(path, bytes)
    expect(problemOf(await verifyResult(bench.mediaTools, path)).code).toBe('result-unusable')
  })

  it('that is an error page is refused', async () => {
    const page = await clips.pageAsClip(bench.folder)
    const problem = problemOf(await verifyResult(bench.mediaTools, page))
    expect(problem.code).toBe('result-unusable')
  })

  it('that is no MP4 is refused, even when it plays', async () => {
    const path = join(bench.folder, 'other.mp4')
    await copyFile(await clips.mkv(bench.folder), path)
    expect(problemOf(await verifyResult(bench.mediaTools, path)).code).toBe('result-unusable')
  })

  it('that went missing is called missing', async () => {
    expect(problemOf(await verifyResult(bench.mediaTools, join(bench.folder, 'gone.mp4'))).code).toBe(
      'file-missing',
    )
  })

  it('whose check is cancelled is not called damaged', async () => {
    const outcome = await verifyResult(bench.mediaTools, whole, { signal: AbortSignal.abort() })
    expect(problemOf(outcome).code).toBe('cancelled')
  })
})
