import { afterEach, beforeEach } from 'vitest'
import { systemClock } from '../../../src/main/system/clock.ts'
import type { ClipHost } from '../../../src/main/hosting/hosts.ts'
import { createS3Host } from '../../../src/main/hosting/s3/s3.ts'
import type { Milliseconds } from '../../../src/shared/units.ts'
import { s3Keys, startS3Server, type S3Server } from './s3-server.ts'
import { straightNetwork } from './straight-network.ts'

type S3Options = Parameters<typeof createS3Host>[0]

/** A bucket of its own for each test of a file, and hosts that reach it. */
export function s3Stage() {
  let server: S3Server
  let logged: string[] = []
  let waits: Milliseconds[] = []
  const hosts: ClipHost[] = []

  /** Real time to read, but nobody waits for it. */
  const clock = {
    ...systemClock,
    sleep: (wait: Milliseconds) => {
      waits.push(wait)
      return Promise.resolve()
    },
  }
  const options = (change: Partial<S3Options> = {}): S3Options => ({
    bucket: server.bucket,
    network: straightNetwork,
    ...s3Keys,
    clock,
    random: () => 0.5,
    log: (line, about = {}) => {
      logged.push(line + JSON.stringify(about))
    },
    ...change,
  })

  beforeEach(async () => {
    server = await startS3Server()
    logged = []
    waits = []
  })
  afterEach(async () => {
    await Promise.all(hosts.splice(0).map((host) => host.close()))
    await server.close()
  })

  return {
    server: () => server,
    logged: () => logged,
    waits: () => waits,
    options,
    /** As a later process would be: it shares nothing but the bucket and the note with the one before. */
    newHost: (change: Partial<S3Options> = {}): ClipHost => {
      const host = createS3Host(options(change))
      hosts.push(host)
      return host
    },
  }
}
