import { mkdtempSync, rmSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { fetchResult, type FetchJob } from '../../../src/main/takes/steps/fetch-result.ts'
import type { Mark } from '../../../src/main/takes/journal/tables.ts'
import { scriptedServer, type ScriptedServer } from './scripted-server.ts'
import { straightNetwork } from './straight-network.ts'

/** A folder of its own for each test of a file, servers that answer as told, and downloads that tell everything. */
export function fetchStage() {
  let folder = ''
  const part = () => join(folder, 'result.mp4.part')
  const servers: ScriptedServer[] = []
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'understudy-fetch-odd-'))
  })
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()))
    rmSync(folder, { recursive: true })
  })
  return {
    folder: () => folder,
    part,
    serve: async (answer: (response: ServerResponse, request: IncomingMessage) => void) => {
      const server = await scriptedServer((_seen, response, request) => {
        answer(response, request)
      })
      servers.push(server)
      return server
    },
    fetching: async (url: string, different: Partial<FetchJob> = {}) => {
      const marks: Mark[] = []
      const progress: (number | null)[] = []
      const end = await fetchResult({
        ...{ network: straightNetwork, url, loopback: true, part: part(), mark: null, monotonic: () => 0 },
        onMark: (mark) => marks.push(mark),
        onProgress: (fraction) => progress.push(fraction),
        ...different,
      })
      return { end, marks, progress }
    },
  }
}
