import { createHash } from 'node:crypto'
import { rename as realRename } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { fakeMedia, openLibrary, takeId } from '../support/library.ts'
import { adapterOf, takeOf } from './tiers.ts'

/** One life of a studio that fetches a result; it ends at its own hand at this point, or when whoever began it ends it. */
export type DownloadPlan = {
  readonly folder: string
  readonly origin: string
  /** Where the result lies. */
  readonly url: string
  readonly sha256: string
  readonly dies: 'verify' | 'before rename' | 'after rename' | null
}

const plan = JSON.parse(process.argv[2] ?? '') as DownloadPlan
const die = () => process.kill(process.pid, 'SIGKILL')
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

const media = fakeMedia((bytes) => hashOf(bytes) === plan.sha256)
const { library } = openLibrary({
  folder: plan.folder,
  origin: plan.origin,
  media: {
    ...media,
    verifyResult: (path, ...rest) => {
      if (plan.dies === 'verify' && hashOf(readFileSync(path)) === plan.sha256) die()
      return media.verifyResult(path, ...rest)
    },
  },
  rename: async (from, to) => {
    if (plan.dies === 'before rename') die()
    await realRename(from, to)
    if (plan.dies === 'after rename') die()
  },
  adapter: (clock, wire) => {
    const provider = adapterOf('A', { origin: plan.origin, clock, wire })
    return {
      ...provider,
      status: async (...about) => {
        const real = await provider.status(...about)
        return real.kind === 'succeeded' ? { ...real, url: plan.url } : real
      },
    }
  },
})
library.subscribe(({ id, state }) => process.stdout.write(`${id} ${state}\n`))
const known = library.show(takeId)
if (known.ok) process.stdout.write(`${takeId} ${known.value.state}\n`)
library.resume()
if (!known.ok) await library.submit(takeOf('A', plan.folder))
// Whoever began this life ends it.
setInterval(() => undefined, 60_000)
