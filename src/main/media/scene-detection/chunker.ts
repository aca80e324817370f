/** Cuts a stream of bytes into equal pieces. A piece is only valid during the call. */
export function createChunker(bytes: number, onPiece: (piece: Uint8Array) => void) {
  const rest = new Uint8Array(bytes)
  let held = 0
  return {
    take: (chunk: Uint8Array): void => {
      let at = 0
      while (at < chunk.length) {
        if (held === 0 && chunk.length - at >= bytes) {
          onPiece(chunk.subarray(at, at + bytes))
          at += bytes
          continue
        }
        const taken = Math.min(bytes - held, chunk.length - at)
        rest.set(chunk.subarray(at, at + taken), held)
        held += taken
        at += taken
        if (held < bytes) return
        held = 0
        onPiece(rest)
      }
    },
  }
}
