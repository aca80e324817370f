import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sendQueueFile } from '../../../../src/main/takes/queue/send-queue-file.ts'
import { temporaryFolder } from '../../files/temporary-folder.ts'

const now = () => Date.parse('2026-11-20T12:30:00.000Z')
const aside = 'take-queue.json.aside-2026-11-20T12-30-00-000Z'

async function place() {
  const folder = await temporaryFolder()
  const path = join(folder, 'take-queue.json')
  return { folder, path, file: sendQueueFile(path, now) }
}

describe('the file of the order', () => {
  it('is read as it was written, and leaves nothing beside it', async () => {
    const { folder, path, file } = await place()
    expect(file.read(true)).toEqual({ arranged: { paused: false, order: [] }, notice: null })
    await file.write({ paused: true, order: ['B', 'A'] })
    expect(sendQueueFile(path, now).read(true)).toEqual({
      arranged: { paused: true, order: ['B', 'A'] },
      notice: null,
    })
    expect(readdirSync(folder)).toEqual(['take-queue.json'])
  })

  it.each([
    ['cut off', '{"version":1,"paused":fal'],
    ['of a newer build', '{"version":2,"paused":false,"order":[]}'],
    ['something else', '[]'],
    ['half of one', '{"version":1,"paused":false}'],
    ['full of other things', '{"version":1,"paused":false,"order":[1]}'],
    ['empty', ''],
  ])('that is %s is kept aside and told once; takes wait until the user resumes', async (_what, text) => {
    const { folder, path } = await place()
    writeFileSync(path, text)
    const { arranged, notice } = sendQueueFile(path, now).read(true)
    expect(arranged).toEqual({ paused: true, order: [] })
    expect(notice?.message).toContain('paused')
    expect(notice?.advice).toContain(aside)
    expect(readFileSync(join(folder, aside), 'utf8')).toBe(text)
    expect(sendQueueFile(path, now).read(true)).toEqual({ arranged, notice: null })
  })

  it('that can’t be kept aside stays as it is until it can, and never stops the library', async () => {
    const { folder, path, file } = await place()
    writeFileSync(path, 'damaged')
    writeFileSync(join(folder, aside), 'an older one')
    const { arranged, notice } = file.read(true)
    expect(arranged.paused).toBe(true)
    expect(notice?.advice).not.toContain('aside')
    expect(notice?.advice).toContain('take-queue.json')
    const there = () => [readFileSync(path, 'utf8'), readFileSync(join(folder, aside), 'utf8')]
    await expect(file.write({ paused: false, order: [] })).rejects.toThrow()
    expect(there()).toEqual(['damaged', 'an older one'])
    rmSync(join(folder, aside))
    await file.write({ paused: false, order: ['A'] })
    expect(readFileSync(join(folder, aside), 'utf8')).toBe('damaged')
    await file.write({ paused: false, order: ['B'] })
    expect(sendQueueFile(path, now).read(true).arranged.order).toEqual(['B'])
  })

  it('that the user moved away meanwhile is written as usual', async () => {
    const { folder, path, file } = await place()
    writeFileSync(path, 'damaged')
    writeFileSync(join(folder, aside), 'an older one')
    file.read(true)
    rmSync(path)
    await file.write({ paused: false, order: ['A'] })
    expect(sendQueueFile(path, now).read(true).arranged.order).toEqual(['A'])
  })

  it('is left as it is in a library that this version may only read', async () => {
    const { folder, path, file } = await place()
    const newer = '{"version":2,"paused":false,"order":[],"more":"of a newer build"}'
    writeFileSync(path, newer)
    expect(file.read(false)).toEqual({ arranged: { paused: true, order: [] }, notice: null })
    expect([readdirSync(folder), readFileSync(path, 'utf8')]).toEqual([['take-queue.json'], newer])
  })

  it('that is a folder is moved aside and told once; takes wait until the user resumes', async () => {
    const { folder, path, file } = await place()
    mkdirSync(path)
    writeFileSync(join(path, 'something'), 'of the user')
    const { arranged, notice } = file.read(true)
    expect(arranged).toEqual({ paused: true, order: [] })
    expect(notice?.advice).toContain(aside)
    expect(readFileSync(join(folder, aside, 'something'), 'utf8')).toBe('of the user')
    expect(sendQueueFile(path, now).read(true)).toEqual({ arranged, notice: null })
    await file.write({ paused: false, order: ['A'] })
    expect(sendQueueFile(path, now).read(true).arranged.order).toEqual(['A'])
  })
})
