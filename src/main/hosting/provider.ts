import { fail, ok } from '../../shared/outcome.ts'
import { formatBytes } from '../../shared/units.ts'
import type { Provider } from '../providers/provider.ts'
import type { ClipHost } from './hosts.ts'

/**
 * The provider's own storage. What lies there stays there: no provider offers to delete it (Oxen keeps the history of
 * its repository, ModelsLab forgets after 24 hours), so `remove` removes nothing.
 */
export function createProviderHost({ put, maxBytes }: NonNullable<Provider['upload']>): ClipHost {
  return {
    id: 'provider',
    put: async (file, note, { signal, onProgress } = {}) => {
      if (maxBytes !== null && file.bytes > maxBytes) {
        const [has, most] = [formatBytes(file.bytes), formatBytes(maxBytes)]
        return fail('file-too-large', `The file has ${has}, but the provider stores at most ${most}.`, {
          advice: 'Choose another clip host, or a shorter stretch of the clip.',
        })
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
