import { createHash } from 'node:crypto'
import { rename as realRename } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import type { Take } from '../../src/shared/domain/take.ts'
import { fakeMedia, openLibrary, takeId } from '../support/library/library.ts'
import { adapterOf, takeOf } from './tiers.ts'

/** One life of a studio that fetches a result; it ends at its own hand at this point, or when whoever began it ends it. */
export type DownloadPlan = {
  readonly folder: string
  readonly origin: string
  /** Where the result lies. */
  readonly url: string
  readonly sha256: string
  readonly dies: 'verify' | 'before rename' | 'after rename' | null
  /** The same with the provider's mark on it; `dies` is then about that. */
  readonly markedUrl?: string
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
    const isMeant = plan.markedUrl === undefined || to.endsWith('-watermarked.mp4')
    if (isMeant && plan.dies === 'before rename') die()
    await realRename(from, to)
    if (isMeant && plan.dies === 'after rename') die()
  },
  adapter: (clock, http) => {
    const provider = adapterOf('A', { origin: plan.origin, clock, http })
    return {
      ...provider,
      status: async (...about) => {
        const real = await provider.status(...about)
        return real.kind === 'succeeded'
          ? { ...real, url: plan.url, watermarkUrl: plan.markedUrl ?? null }
          : real
      },
    }
  },
})
const tell = ({ id, state, markComing, markProblem }: Take) => {
  const mark = markProblem === null ? '' : ' and the marked version is missed'
  if (!markComing) process.stdout.write(`${id} ${state}${mark}\n`)
}
library.subscribe(tell)
const known = library.show(takeId)
if (known.ok) tell(known.value)
library.resume()
if (!known.ok)
  await library.submit(takeOf('A', plan.folder, takeId, { watermark: plan.markedUrl !== undefined }))
// Whoever began this life ends it.
setInterval(() => undefined, 60_000)
