import { readFile } from 'node:fs/promises'
import { z } from 'zod'

const pair = z.tuple([z.number(), z.number()]).transform(([x, y]) => ({ x, y }))
const colour = z
  .string()
  .regex(/^#[0-9a-f]{6}$/)
  .transform((text) => {
    const [red = 0, green = 0, blue = 0] = Buffer.from(text.slice(1), 'hex')
    return [red, green, blue] as const
  })
const part = z.object({ box: z.tuple([z.number(), z.number(), z.number(), z.number()]), svg: z.string() })
const partNames = ['tail', 'body', 'boot', 'paw', 'ear', 'head', 'face', 'bowTie'] as const
export type PartName = (typeof partNames)[number]
/** A piece of the drawing: the part of the plane that it covers, and what is drawn there, as SVG. */
export type Part = z.infer<typeof part>

const schema = z.object({
  /** Of the picture, in pixels. */
  size: z.tuple([z.number(), z.number()]),
  /** From the drawing to the picture: scale, then move. */
  placed: z.object({ scale: z.number(), x: z.number(), y: z.number() }),
  ground: colour,
  shadow: colour,
  parts: z.record(z.enum(partNames), part),
  joints: z.object({
    ...{ hips: pair, neck: pair, tail: pair, shoulder: pair, hip: pair, ankle: pair },
    floor: z.number(),
  }),
  arm: z.object({
    ...{ upper: z.number(), lower: z.number(), paw: z.number(), radius: z.number(), cuff: z.number() },
    ...{ sleeve: colour, stripe: colour, end: colour },
  }),
  leg: z.object({
    ...{ upper: z.number(), lower: z.number(), radius: z.number(), fur: colour, sock: colour },
  }),
  /** The picture as mean colours, by which it is recognised. */
  print: z.object({ columns: z.number(), rows: z.number(), colours: z.base64() }),
})

/** The sample's character as pieces that can be moved. Only its left limbs are there: the right ones mirror them. */
export type Rig = z.infer<typeof schema>

export async function readRig(path: string): Promise<Rig> {
  return schema.parse(JSON.parse(await readFile(path, 'utf8')))
}
