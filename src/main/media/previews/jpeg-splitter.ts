/** JPEGs written one behind the other, apart again. Inside of one, FF D9 FF D8 cannot stand: FF is always followed by a marker or 0. */
export function createJpegSplitter(onJpeg: (jpeg: Uint8Array) => void) {
  const between = Buffer.from([0xff, 0xd9, 0xff, 0xd8])
  let rest = Buffer.alloc(0)
  return {
    take: (chunk: Uint8Array): void => {
      // A border may lie across two chunks.
      let from = Math.max(0, rest.length - between.length)
      rest = Buffer.concat([rest, chunk])
      for (let at = rest.indexOf(between, from); at !== -1; at = rest.indexOf(between, from)) {
        onJpeg(Uint8Array.from(rest.subarray(0, at + 2)))
        rest = rest.subarray(at + 2)
        from = 0
      }
    },
    close: (): void => {
      if (rest.length > 0) onJpeg(Uint8Array.from(rest))
      rest = Buffer.alloc(0)
    },
  }
}
