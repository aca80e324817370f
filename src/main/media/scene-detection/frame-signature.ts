/** Size of the downscaled frames that are compared, in pixels; both sides are even. */
export type SignatureSize = { readonly width: number; readonly height: number }

/** What is kept of a frame to compare it with its neighbours. */
export type FrameSignature = {
  readonly size: SignatureSize
  /** Brightness, 16 (black) to 235 (white). */
  readonly luma: Uint8Array
  /** Both chroma planes, each a quarter of the size; 128 is grey. */
  readonly chroma: Uint8Array
  /** Brightness minus a local average: it does not depend on light and exposure. */
  readonly detail: Float32Array
  readonly histograms: readonly Float32Array[]
}

/**
 * Similar for every aspect ratio. Small enough to average out noise and compression artefacts and to compare a whole
 * clip in a second or two; large enough that two scenes hardly ever match by chance.
 */
const pixels = 64 * 36
const minSide = 16

const even = (value: number) => Math.max(minSide, Math.round(value / 2) * 2)

export function signatureSize(aspect: number): SignatureSize {
  const bounded = Math.min(4, Math.max(0.25, aspect))
  return { width: even(Math.sqrt(pixels * bounded)), height: even(Math.sqrt(pixels / bounded)) }
}

/** Bytes of one frame in yuv420p. */
export const frameBytes = ({ width, height }: SignatureSize): number => (width * height * 3) / 2

/** About a tenth of the frame to each side: keeps shapes and removes gradients. */
const reach = 3

/** A box blur along one direction, repeating the edge pixels. */
function blurLines(
  from: Float32Array,
  lines: number,
  length: number,
  step: number,
  gap: number,
): Float32Array {
  const to = new Float32Array(from.length)
  const span = 2 * reach + 1
  for (let line = 0; line < lines; line += 1) {
    const base = line * gap
    const at = (index: number) => from[base + Math.min(length - 1, Math.max(0, index)) * step] ?? 0
    let sum = 0
    for (let index = -reach; index <= reach; index += 1) sum += at(index)
    for (let index = 0; index < length; index += 1) {
      to[base + index * step] = sum / span
      sum += at(index + reach + 1) - at(index - reach)
    }
  }
  return to
}

function detailOf(luma: Uint8Array, { width, height }: SignatureSize): Float32Array {
  const plain = Float32Array.from(luma)
  const across = blurLines(plain, height, width, 1, width)
  const blurred = blurLines(across, width, height, width, 1)
  return plain.map((value, index) => value - (blurred[index] ?? 0))
}

const bins = 64

function histogramOf(plane: Uint8Array): Float32Array {
  const histogram = new Float32Array(bins)
  const share = 1 / plane.length
  for (const value of plane) histogram[value >> 2] = (histogram[value >> 2] ?? 0) + share
  return histogram
}

/** `frame` holds one yuv420p picture; it is copied. */
export function signatureOf(frame: Uint8Array, size: SignatureSize): FrameSignature {
  const count = size.width * size.height
  const luma = frame.slice(0, count)
  const chroma = frame.slice(count, count + count / 2)
  const planes = [luma, chroma.subarray(0, count / 4), chroma.subarray(count / 4)]
  return { size, luma, chroma, detail: detailOf(luma, size), histograms: planes.map(histogramOf) }
}

const meanDifference = (left: Uint8Array, right: Uint8Array): number => {
  let sum = 0
  for (let index = 0; index < left.length; index += 1)
    sum += Math.abs((left[index] ?? 0) - (right[index] ?? 0))
  return sum / left.length
}

/** The mean difference of two frames pixel by pixel, in levels of brightness and colour together. */
export const difference = (left: FrameSignature, right: FrameSignature): number =>
  meanDifference(left.luma, right.luma) + meanDifference(left.chroma, right.chroma)

/** The earth mover’s distance between the histograms of two frames, in levels. */
export function colourDistance(left: FrameSignature, right: FrameSignature): number {
  let total = 0
  for (const [plane, histogram] of left.histograms.entries()) {
    const other = right.histograms[plane]
    let carried = 0
    for (let bin = 0; bin < bins; bin += 1) {
      carried += (histogram[bin] ?? 0) - (other?.[bin] ?? 0)
      total += Math.abs(carried) * 4
    }
  }
  return total
}

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
