import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { queueFile } from '../../../../src/main/prepare/queue/queue-file.ts'
import { noItems, type StoredItem } from '../../../../src/main/prepare/queue/state.ts'
import { defaultTakeSettings } from '../../../../src/shared/domain/take.ts'
import { temporaryFolder } from '../../files/temporary-folder.ts'

const item = (number: number, state: StoredItem['state']): StoredItem => ({
  id: `01JQ${String(number).padStart(22, '0')}`,
  state,
  addedAt: '2026-11-20T12:00:00.000Z',
  sources: { character: null, clip: { path: '/clips/a.mp4', bytes: 5, modified: 7.5 } },
  window: { start: 0, length: null },
  settings: defaultTakeSettings,
  out: '/out',
  name: 'a',
  template: '{clip}',
  files: [],
  problem: null,
})
const now = () => Date.parse('2026-11-20T12:30:00.000Z')

async function place() {
  const folder = await temporaryFolder()
  const path = join(folder, 'prepare-queue.json')
  return { folder, path, file: queueFile(path, now) }
}

describe('the file of the queue', () => {
  it('is read as it was written, with what ran waiting in its place, and leaves nothing beside it', async () => {
    const { folder, path, file } = await place()
    expect(file.read()).toEqual({ queue: noItems, notice: null })
    await file.write({
      paused: true,
      pausedBy: null,
      items: [item(1, 'done'), item(2, 'running'), item(3, 'waiting')],
    })
    const { queue, notice } = queueFile(path, now).read()
    expect([queue.paused, notice, queue.items.map(({ state }) => state)]).toEqual([
      true,
      null,
      ['done', 'waiting', 'waiting'],
    ])
    expect(readdirSync(folder)).toEqual(['prepare-queue.json'])
  })

  it.each([
    ['cut off', '{"version":1,"paused":fal', 'can’t be read'],
    ['of a newer build', '{"version":2,"paused":false,"items":[]}', 'newer Understudy'],
    ['something else', '[]', 'can’t be read'],
  ])('that is %s is kept aside and said', async (_what, text, words) => {
    const { folder, path } = await place()
    writeFileSync(path, text)
    const { queue, notice } = queueFile(path, now).read()
    expect(queue).toEqual(noItems)
    expect(notice?.message).toContain(words)
    const aside = readdirSync(folder).find((name) => name.includes('aside')) ?? ''
    expect(readFileSync(join(folder, aside), 'utf8')).toBe(text)
    expect(notice?.advice).toContain(aside)
  })

  it('that can’t be kept aside is never replaced: the first write waits until it can', async () => {
    const { folder, path, file } = await place()
    const aside = join(folder, 'prepare-queue.json.aside-2026-11-20T12-30-00-000Z')
    writeFileSync(path, 'damaged')
    writeFileSync(aside, 'an older one')
    expect(file.read().notice?.advice).toContain('prepare-queue.json')
    const some = { paused: false, pausedBy: null, items: [item(1, 'waiting')] }
    await expect(file.write(some)).rejects.toThrow()
    expect([readFileSync(path, 'utf8'), readFileSync(aside, 'utf8')]).toEqual(['damaged', 'an older one'])
    rmSync(aside)
    await file.write(some)
    expect(readFileSync(aside, 'utf8')).toBe('damaged')
    expect(queueFile(path, now).read().queue.items).toHaveLength(1)
  })

  it('that is a folder is moved aside', async () => {
    const { folder, path, file } = await place()
    mkdirSync(path)
    const { notice } = file.read()
    await file.write(noItems)
    expect(notice?.advice).toContain(readdirSync(folder).find((name) => name.includes('aside')))
    expect(queueFile(path, now).read()).toEqual({ queue: noItems, notice: null })
  })

  it('keeps the entries that can be read when others cannot, and says how many those are', async () => {
    const { folder, path, file } = await place()
    await file.write({ paused: false, pausedBy: null, items: [item(1, 'waiting'), item(2, 'waiting')] })
    const raw = JSON.parse(readFileSync(path, 'utf8')) as { items: unknown[] }
    raw.items[0] = { id: 'odd' }
    writeFileSync(path, JSON.stringify(raw))
    const { queue, notice } = queueFile(path, now).read()
    expect(queue.items.map(({ id }) => id)).toEqual([item(2, 'waiting').id])
    expect(notice?.message).toContain('1 entries')
    expect(readdirSync(folder)).toHaveLength(2)
  })
})
