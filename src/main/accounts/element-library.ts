import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ElementPage } from '../../shared/domain/account.ts'
import type { Pixels } from '../../shared/units.ts'
import { defaultFit } from '../../shared/domain/take.ts'
import { ok, type Outcome } from '../../shared/outcome.ts'
import type { FileTokens } from '../files/file-tokens.ts'
import { makeFolder } from '../files/durable.ts'
import type { Media } from '../media/media.ts'
import type { Network } from '../network/connect.ts'
import { fetchPicture } from '../providers/http/get-stream.ts'
import type { Provider } from '../providers/provider.ts'
import { elementIsVideo, elementTooSmall, noElementLibrary, elementNeedsFront } from './problems.ts'
import type { Elements } from './types.ts'

type Parts = {
  readonly network: Network
  readonly providerById: (account: string) => Promise<Outcome<Provider>>
  readonly media: Media
  readonly fileTokens: FileTokens
  /** Images are converted here and then deleted. */
  readonly workFolder: string
}

/** Kling’s limits for the images of an element. */
const minSide: Pixels = 300
const elementImageLimits = { maxBytes: 10_000_000, minSide, maxSide: 65_536, aspect: null }

/** The element library of an account. Images are served from here, never from the web. */
export function createElementLibrary({
  network,
  providerById,
  media,
  fileTokens,
  workFolder,
}: Parts): Elements {
  async function libraryOf(account: string) {
    const provider = await providerById(account)
    if (!provider.ok) return provider
    const { elements, loopback } = provider.value
    return elements ? ok({ elements, loopback }) : noElementLibrary
  }

  async function shown(page: ElementPage, loopback: boolean, signal?: AbortSignal): Promise<ElementPage> {
    const elements = await Promise.all(
      page.elements.map(async (element) => {
        const picture =
          element.picture === null
            ? null
            : await fetchPicture(network, { url: element.picture, loopback }, signal)
        return { ...element, picture: picture && fileTokens.serveBytes(picture.bytes, picture.type) }
      }),
    )
    return { ...page, elements }
  }

  /** Makes them upright, without metadata, and in a format the library accepts. */
  async function readPictures(
    paths: readonly string[],
    folder: string,
    signal?: AbortSignal,
  ): Promise<Outcome<readonly Uint8Array[]>> {
    const pictures: Uint8Array[] = []
    for (const [index, source] of paths.entries()) {
      const facts = await media.inspect(source, { signal })
      if (!facts.ok) return facts
      if (facts.value.kind !== 'character') return elementIsVideo
      if (Math.min(facts.value.width, facts.value.height) < minSide) return elementTooSmall(minSide)
      const name = `picture-${String(index)}`
      const job = { source, facts: facts.value, folder, name, fit: defaultFit, ...elementImageLimits }
      const prepared = await media.prepareCharacter(job, { signal })
      if (!prepared.ok) return prepared
      pictures.push(await readFile(prepared.value.path))
    }
    return ok(pictures)
  }

  return {
    list: async ({ account, signal }, from, page) => {
      const library = await libraryOf(account)
      if (!library.ok) return library
      const listed = await library.value.elements.list(from, page, signal)
      return listed.ok ? ok(await shown(listed.value, library.value.loopback, signal)) : listed
    },
    create: async ({ account, signal }, { name, description, pictures }) => {
      const library = await libraryOf(account)
      if (!library.ok) return library
      makeFolder(workFolder, 0o700)
      const folder = await mkdtemp(join(workFolder, 'element-'))
      try {
        const read = await readPictures(pictures, folder, signal)
        if (!read.ok) return read
        const [frontal, ...others] = read.value
        if (!frontal) return elementNeedsFront
        return await library.value.elements.create({ name, description, frontal, others }, signal)
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
    remove: async ({ account, signal }, id) => {
      const library = await libraryOf(account)
      return library.ok ? library.value.elements.remove(id, signal) : library
    },
  }
}
