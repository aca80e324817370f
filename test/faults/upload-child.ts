/** A studio in a process of its own that kills itself at a point of an upload: `node upload-child.ts JSON`. */
import { flushCompileCache } from 'node:module'
import { createS3Host } from '../../src/main/hosting/s3/s3.ts'
import { readS3Note } from '../../src/main/hosting/s3/session.ts'
import type { ClipHost } from '../../src/main/hosting/hosts.ts'
import { terminalStates } from '../../src/shared/domain/take.ts'
import { openLibrary, takeId } from '../support/library/library.ts'
import { s3Keys } from '../support/servers/s3-server.ts'
import type { Bucket } from '../../src/shared/domain/delivery.ts'
import { adapterOf, takeOf } from './tiers.ts'
import { mediaOf, movedClock } from './upload-parts.ts'
import { straightNetwork } from '../support/servers/straight-network.ts'

export type ChildJob = {
  readonly folder: string
  readonly provider: string
  readonly bucket: Bucket
  readonly bytes: number
  /** Null: it lives until the take is at rest. */
  readonly dies: 'named' | 'noted' | 'four parts' | 'uploaded' | 'leaving' | null
}

const job = JSON.parse(process.argv[2] ?? '{}') as ChildJob
// Whoever is killed cannot leave what it compiled to the next one.
flushCompileCache()
const die = () => {
  process.kill(process.pid, 'SIGKILL')
}
const { clock } = movedClock()

const bucket = createS3Host({
  network: straightNetwork,
  bucket: job.bucket,
  ...s3Keys,
  clock,
  random: () => 0.5,
  log: (line) => void process.stderr.write(`${line}\n`),
})

/** The real host, with a death at one of its points. */
const host: ClipHost = {
  ...bucket,
  put: (file, note, putting) => {
    if (job.dies === 'named') die()
    const write = (value: unknown) => {
      note.write(value)
      const upload = readS3Note(value)?.upload ?? null
      if (job.dies === 'noted') die()
      if (job.dies === 'four parts' && upload?.parts.length === 4) die()
    }
    return bucket.put(file, { ...note, write }, putting)
  },
  remove: (name, note) => {
    if (job.dies === 'leaving') die()
    return bucket.remove(name, note)
  },
}

const bench = openLibrary({
  folder: job.folder,
  origin: job.provider,
  media: mediaOf(job.bytes),
  clock,
  host,
  adapter: (own, http) => adapterOf('A', { origin: job.provider, clock: own, http }),
})
bench.library.subscribe(({ state }) => {
  process.stdout.write(`${state}\n`)
  if (job.dies === 'uploaded' && state === 'UPLOADED') die()
})
if (bench.library.show(takeId).ok) bench.library.resume()
else await bench.library.submit(takeOf('A', job.folder))
const { state } = await bench.until(takeId, ...terminalStates, 'NEEDS_USER')
process.stdout.write(`${state}\n`)
await bench.close()
