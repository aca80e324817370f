import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach } from 'vitest'
import { checkPublic } from '../../../src/main/hosting/public-check.ts'
import { noiseFile, type Noise } from './hosting-kit.ts'
import { scriptedServer, type ScriptedServer, type Seen } from './scripted-server.ts'
import { straightNetwork } from './straight-network.ts'

export const edge = 64 * 1024

export const rangeOf = (seen: Seen) => {
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(seen.headers.range ?? '') ?? []
  return [Number(first), Number(last)] as const
}

type Manner = {
  readonly content?: Buffer
  readonly type?: string
  readonly ranges?: boolean
  readonly headers?: Readonly<Record<string, string>>
}

type Answer = (seen: Seen, response: ServerResponse) => void

/** A web server with one file of 200 kB, anew for each test. */
export function publicStage() {
  const stage = {
    // Both stand before the first test begins.
    file: undefined as unknown as Noise,
    server: undefined as unknown as ScriptedServer,
    answer: (() => undefined) as Answer,
    /** As a good server would, unless told what to do otherwise. */
    serve: (seen: Seen, response: ServerResponse, manner: Manner = {}) => {
      const { content = stage.file.content, type = 'video/mp4', ranges = true, headers = {} } = manner
      const [first, last] = rangeOf(seen)
      const body = ranges ? content.subarray(first, last + 1) : content
      const range = ranges
        ? { 'content-range': `bytes ${first}-${first + body.length - 1}/${content.length}` }
        : {}
      const length = String(body.length)
      const told = { 'content-type': type, 'content-length': length, ...range, ...headers }
      response.writeHead(ranges ? 206 : 200, told).end(body)
    },
    check: (change: Partial<Parameters<typeof checkPublic>[0]> = {}, signal?: AbortSignal) =>
      checkPublic(
        {
          network: straightNetwork,
          url: `${stage.server.origin}/secret-name?X-Signature=abc`,
          loopback: true,
          file: stage.file,
          contentType: 'video/mp4',
          ...change,
        },
        signal,
      ),
    changedAt: (place: number) => {
      const content = Buffer.from(stage.file.content)
      content[place]! ^= 1
      return content
    },
  }
  beforeEach(async () => {
    stage.file = await noiseFile(200_000)
    stage.server = await scriptedServer((seen, response) => {
      stage.answer(seen, response)
    })
  })
  afterEach(() => stage.server.close())
  return stage
}
