import type { Inside } from '../../../src/main/api/settings-handlers.ts'

/** A computer about which there is nothing to know. */
export const anInside: Inside = {
  storage: { read: () => Promise.resolve([]), clear: () => Promise.resolve() },
  diagnostics: () => Promise.resolve('Nothing is wrong.\n'),
  now: () => Date.parse('2026-11-20T12:00:00.000Z'),
}
