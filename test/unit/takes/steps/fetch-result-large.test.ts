import { randomBytes } from 'node:crypto'
import { statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fetchStage } from '../../../support/servers/fetch-stage.ts'
import { noSmallDisk, smallDisk } from '../../../support/processes/small-disk.ts'

const MiB = 1024 * 1024
const tag = '"v1"'
const { folder, part, serve, fetching } = fetchStage()

// A file with a hole, which only some systems keep in no room.
describe.skipIf(process.platform === 'win32')('the largest result there can be', () => {
  const largest = 2 * 1024 * MiB
  const ending = (bytes: number) =>
    serve((response) => {
      const range = `bytes ${String(largest - 10)}-${String(largest - 1)}/${String(largest)}`
      response.writeHead(206, { etag: tag, 'content-range': range }).end(randomBytes(bytes))
    })
  const almost = (url: string) => {
    writeFileSync(part(), '')
    truncateSync(part(), largest - 10)
    return { url, validator: tag, total: largest, done: largest - 10 }
  }

  it('is fetched to its last byte', async () => {
    const { origin } = await ending(10)
    expect((await fetching(origin, { mark: almost(origin) })).end).toMatchObject({
      kind: 'complete',
      bytes: largest,
      proven: true,
    })
  })

  it('is given up with all its room where a server sends more than it had said', async () => {
    const { origin } = await ending(11)
    expect((await fetching(origin, { mark: almost(origin) })).end).toEqual({
      kind: 'link-lost',
      why: 'the file is larger than 2.15 GB',
    })
    expect(statSync(part()).size).toBe(0)
  })
})

describe.skipIf(noSmallDisk !== null)(`a real disk that runs full (${String(noSmallDisk)})`, () => {
  it('holds the take, although it had taken the beginning of what came', async () => {
    const mounted = join(folder(), 'disk')
    const disk = await smallDisk(mounted, '1m')
    try {
      const { origin } = await serve((response) =>
        response.writeHead(200, { 'content-length': String(3 * MiB) }).end(randomBytes(3 * MiB)),
      )
      writeFileSync(join(mounted, 'other'), 'takes a page, so that no chunk ends with the disk')
      const { end } = await fetching(origin, { part: join(mounted, 'result.part') })
      expect(end).toEqual({
        kind: 'held',
        problem: {
          code: 'disk-full',
          message: 'The disk is full, so the result can’t be saved yet.',
          advice: expect.stringContaining('resumes automatically') as string,
        },
      })
    } finally {
      await disk.remove()
    }
  })
})
