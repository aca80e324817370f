import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { writeWhole } from '../files/write-whole.ts'

const timing = z.object({
  /** Of the file that was measured. */
  sha256: z.string(),
  step: z.number().positive(),
  values: z.array(z.number().int().min(0).max(255)),
})
const span = z.object({ start: z.number(), end: z.number() })

const keptMotion = z.object({
  version: z.literal(1),
  /** With what a scan had seen in it. */
  reference: timing.extend({ cuts: z.array(z.number()), fast: z.array(span) }).nullable(),
  result: timing.nullable(),
})

type KeptMotion = z.infer<typeof keptMotion>

const nothing: KeptMotion = { version: 1, reference: null, result: null }

const fileIn = (folder: string) => join(folder, 'motion.json')

/** The motion curves in the folder of a take; what is missing or damaged is measured again. */
export async function readMotion(folder: string): Promise<KeptMotion> {
  try {
    return keptMotion.parse(JSON.parse(await readFile(fileIn(folder), 'utf8')))
  } catch {
    return nothing
  }
}

/** Adds curves to the folder of a take. Throws as the file system does. */
export async function keepMotion(
  folder: string,
  curves: Partial<Pick<KeptMotion, 'reference' | 'result'>>,
): Promise<void> {
  const kept = { ...(await readMotion(folder)), ...curves }
  await writeWhole(fileIn(folder), `${JSON.stringify(kept)}\n`)
}
