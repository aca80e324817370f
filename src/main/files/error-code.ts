/** What the system or a library calls an error, as `ENOENT`; empty where it has no such name. */
export const errorCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
