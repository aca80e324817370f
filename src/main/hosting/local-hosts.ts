import { ok } from '../../shared/outcome.ts'
import type { Clock } from '../system/ports.ts'
import { createFileServer } from './file-server.ts'
import type { ClipHost } from './hosts.ts'
import { formatBytes } from '../../shared/units.ts'
import type { Provider } from '../providers/provider.ts'
import { notServed, tooLargeForProvider } from './problems.ts'

/**
 * Serves prepared files on this machine only, for the practice provider and for tests. It listens from the first
 * file on; its links die with the process.
 */
export function createLoopbackHost(clock: Pick<Clock, 'now'>): ClipHost {
  const server = createFileServer(clock)
  const live = new Map<string, string>()

  return {
    id: 'loopback',
    put: async ({ path, name, contentType }) => {
      try {
        const url = `http://127.0.0.1:${await server.port()}/${name}`
        server.add(`/${name}`, { path, contentType })
        live.set(url, name)
        return ok({ url, until: null })
      } catch (error) {
        return notServed(error)
      }
    },
    remove: (name) => {
      server.remove(`/${name}`)
      for (const [url, served] of live) if (served === name) live.delete(url)
      return Promise.resolve(ok(null))
    },
    isLive: (url) => live.has(url),
    lastFetch: (url) => server.lastFetch(new URL(url).pathname),
    close: () => {
      live.clear()
      return server.close()
    },
  }
}

/**
 * The provider's own storage. A file there can't be removed: no provider offers to delete it (Oxen keeps the history of
 * its repository, ModelsLab forgets after 24 hours), so `remove` removes nothing.
 */
export function createProviderHost({ put, maxBytes }: NonNullable<Provider['upload']>): ClipHost {
  return {
    id: 'provider',
    put: async (file, note, { signal, onProgress } = {}) => {
      if (maxBytes !== null && file.bytes > maxBytes) {
        const [has, most] = [formatBytes(file.bytes), formatBytes(maxBytes)]
        return tooLargeForProvider(has, most)
      }
      note.write({ name: file.name })
      const stored = await put(file, signal)
      if (stored.ok) onProgress?.(1)
      return stored
    },
    remove: () => Promise.resolve(ok(null)),
    isLive: () => true,
    close: () => Promise.resolve(),
  }
}
