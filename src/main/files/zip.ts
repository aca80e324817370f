import { zipSync, type Zippable } from 'fflate'

/** Files of an archive by their name in it. */
export type Packed = Readonly<Record<string, Uint8Array>>

/** Pictures are compressed already. */
const isCompressed = (name: string) => /\.(?:jpe?g|png)$/i.test(name)

/** Packs a few small files into a zip archive. `at`: the time that each of them gets. */
export function packZip(files: Packed, at: Date): Uint8Array {
  const entries: Zippable = Object.fromEntries(
    Object.entries(files).map(([name, bytes]) => [name, [bytes, { level: isCompressed(name) ? 0 : 6 }]]),
  )
  return zipSync(entries, { mtime: at })
}
