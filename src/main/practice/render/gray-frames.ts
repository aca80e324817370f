import type { RunTool } from '../../system/ports.ts'
import { guardedInput, type ClipFacts } from '../clip-facts.ts'

/** Small gray pictures of a clip, one per result frame; `pixels` holds one byte each, row by row. */
export type GrayFrames = {
  readonly width: number
  readonly height: number
  readonly frames: readonly Uint8Array[]
}

const width = 64

/** Decodes the clip at its own constant frame rate; null when ffmpeg cannot. */
export async function readGrayFrames(
  clip: string,
  facts: ClipFacts,
  tool: { readonly run: RunTool; readonly ffmpeg: string },
  signal: AbortSignal,
): Promise<GrayFrames | null> {
  const height = Math.max(2, Math.round((width * facts.height) / facts.width))
  const rate = `${String(facts.frameRate.num)}/${String(facts.frameRate.den)}`
  const filters = `fps=${rate},scale=${String(width)}:${String(height)}:flags=area,format=gray`
  const frames: Uint8Array[] = []
  const splitter = createSplitter(width * height, (frame) => frames.push(frame))
  const exit = await tool.run({
    command: tool.ffmpeg,
    args: [
      ...['-hide_banner', '-nostdin', '-v', 'error', '-threads', '2', ...guardedInput, '-i', `file:${clip}`],
      ...['-map', '0:v:0', '-an', '-sn', '-dn', '-vf', filters, '-f', 'rawvideo', 'pipe:1'],
    ],
    signal,
    wallLimit: 120_000,
    stallLimit: 30_000,
    onOutput: splitter,
  })
  return exit.ended === 'exit' && exit.exitCode === 0 && frames.length > 0 ? { width, height, frames } : null
}

/** Cuts a stream of bytes into pieces of `size`. */
function createSplitter(size: number, onPiece: (piece: Uint8Array) => void): (chunk: Uint8Array) => void {
  let piece = new Uint8Array(size)
  let filled = 0
  return (chunk) => {
    for (let at = 0; at < chunk.length;) {
      const take = Math.min(size - filled, chunk.length - at)
      piece.set(chunk.subarray(at, at + take), filled)
      filled += take
      at += take
      if (filled < size) continue
      onPiece(piece)
      piece = new Uint8Array(size)
      filled = 0
    }
  }
}
