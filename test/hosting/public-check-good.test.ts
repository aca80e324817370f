import { describe, expect, it } from 'vitest'
import { noiseFile, problemOf } from '../support/servers/hosting-kit.ts'
import { edge, publicStage, rangeOf } from '../support/servers/public-stage.ts'

const stage = publicStage()

describe('an address that hands out the file', () => {
  it('is asked for its two ends, by GET and without any credentials', async () => {
    stage.answer = stage.serve
    expect(await stage.check()).toEqual({ ok: true, value: null })
    expect(stage.server.seen.map(({ method }) => method)).toEqual(['GET', 'GET'])
    expect(stage.server.seen.map(rangeOf)).toEqual([
      [0, edge - 1],
      [200_000 - edge, 199_999],
    ])
    for (const { headers } of stage.server.seen)
      expect(Object.keys(headers).sort()).toEqual([
        'accept-encoding',
        'connection',
        'host',
        'range',
        'user-agent',
      ])
  })

  it('passes when it knows no ranges and sends the whole file with its length', async () => {
    stage.answer = (seen, response) => stage.serve(seen, response, { ranges: false })
    expect(await stage.check()).toEqual({ ok: true, value: null })
    expect(stage.server.seen).toHaveLength(1)
  })

  it.each([1, edge - 1, edge, edge + 1, 2 * edge])(
    'passes with %i bytes, with ranges and without',
    async (bytes) => {
      stage.file = await noiseFile(bytes)
      for (const ranges of [true, false]) {
        stage.answer = (seen, response) => stage.serve(seen, response, { ranges })
        expect(await stage.check()).toEqual({ ok: true, value: null })
      }
    },
  )

  it('passes with a character when it says that it is an image', async () => {
    stage.answer = (seen, response) => stage.serve(seen, response, { type: 'image/jpeg' })
    expect(await stage.check({ contentType: 'image/png' })).toEqual({ ok: true, value: null })
    expect(problemOf(await stage.check()).message).toMatch(/serves the clip as a different file type/)
  })

  it('is followed through a redirect', async () => {
    stage.answer = (seen, response) => {
      if (seen.url === '/there') stage.serve(seen, response)
      else response.writeHead(302, { location: '/there' }).end()
    }
    expect(await stage.check()).toEqual({ ok: true, value: null })
  })

  it('is asked no faster than the pace allows', async () => {
    stage.answer = stage.serve
    const hosts: string[] = []
    await stage.check({
      pace: (host) => {
        hosts.push(host)
        return Promise.resolve()
      },
    })
    expect(hosts).toEqual([new URL(stage.server.origin).host, new URL(stage.server.origin).host])
  })
})

describe('an address that says no length', () => {
  it('is believed when the whole file comes', async () => {
    stage.answer = (_, response) => {
      response.writeHead(200, { 'content-type': 'video/mp4' })
      response.write(stage.file.content)
      response.end()
    }
    expect(await stage.check()).toEqual({ ok: true, value: null })
  })

  it('may stage.serve the file as plain bytes where it is the provider’s own storage', async () => {
    stage.answer = (seen, response) => stage.serve(seen, response, { type: 'application/octet-stream' })
    expect((await stage.check()).ok).toBe(false)
    expect((await stage.check({ ownStorage: true })).ok).toBe(true)
  })
})
