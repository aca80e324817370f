import type { Bin } from '../system/ports.ts'

/**
 * The system’s bin, for the faces that have no desktop shell. Loaded on first use: hardly any command needs it. Names
 * are taken as they are, never as patterns.
 */
export const systemBin: Bin = async (path) => {
  const { default: trash } = await import('trash')
  await trash(path, { glob: false })
}
