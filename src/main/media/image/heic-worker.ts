import { readFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import type { PixelKind } from './tiff.ts'
import type library from 'libheif-js/wasm-bundle.js'

/** A task for the thread: the image must have this size; the result is one buffer that begins with `head`. */
export type HeicTask = {
  readonly path: string
  readonly width: number
  readonly height: number
  readonly pixels: PixelKind
  readonly head: Uint8Array
  /** The memory limit of the decoder. */
  readonly memory: number
}
export type HeicAnswer =
  { readonly ok: true; readonly file: Uint8Array } | { readonly ok: false; readonly detail: string }

const page = 65_536

type Memory = { readonly buffer: ArrayBuffer; grow: (this: Memory, pages: number) => number }

/** libheif only allocates memory here; the thread’s own limits do not count it. */
function limitMemory(most: number): void {
  const { WebAssembly: engine } = globalThis as unknown as {
    WebAssembly: { Memory: { readonly prototype: Memory } }
  }
  const { prototype } = engine.Memory
  const { grow } = prototype
  prototype.grow = function (pages) {
    if (this.buffer.byteLength + pages * page > most) throw new RangeError('It needs too much memory.')
    return grow.call(this, pages)
  }
}

/** Two different descriptions of the same colours: cameras write such files, and every viewer shows them. */
const colourMismatch = 152
const maxWarnings = 16

/** For missing or damaged tiles libheif only warns, and decodes the rest. */
function isComplete(heif: typeof library, image: number): boolean {
  const count = Math.min(maxWarnings, heif._heif_image_get_decoding_warnings(image, 0, 0, 0))
  if (count === 0) return true
  const words = 3
  const list = heif._malloc(count * words * 4)
  heif._heif_image_get_decoding_warnings(image, 0, list, count)
  return Array.from({ length: count }, (_, nth) => heif.HEAP32[list / 4 + nth * words + 1]).every(
    (subcode) => subcode === colourMismatch,
  )
}

async function decode({ path, width, height, pixels, head, memory }: HeicTask): Promise<HeicAnswer> {
  limitMemory(memory)
  const { default: heif } = await import('libheif-js/wasm-bundle.js')
  const context = heif.heif_context_alloc()
  // They forbid the many tiles of a large image; pixels, memory and time have limits of their own.
  heif.heif_context_set_security_limits(context, heif.heif_get_disabled_security_limits())
  const read = heif.heif_context_read_from_memory(context, readFileSync(path))
  if (read.code.value !== 0) return { ok: false, detail: read.message }
  const handle = heif.heif_js_context_get_primary_image_handle(context)
  if ('message' in handle) return { ok: false, detail: handle.message }
  if (
    heif.heif_image_handle_get_width(handle) !== width ||
    heif.heif_image_handle_get_height(handle) !== height
  )
    return { ok: false, detail: 'Its size differs from the measured one.' }
  const image = heif.heif_js_decode_image2(
    handle,
    heif.heif_colorspace.heif_colorspace_RGB,
    pixels === 'rgba'
      ? heif.heif_chroma.heif_chroma_interleaved_RGBA
      : heif.heif_chroma.heif_chroma_interleaved_RGB,
  )
  if (image === undefined || 'message' in image)
    return { ok: false, detail: image?.message ?? 'It can’t be decoded.' }
  if (!isComplete(heif, image.image.$$.ptr))
    return { ok: false, detail: 'Parts of it are missing or damaged.' }
  const [plane] = image.channels
  if (!plane || image.width !== width || image.height !== height)
    return { ok: false, detail: 'The decoded image has a different size.' }
  const row = width * (pixels === 'rgba' ? 4 : 3)
  const file = new Uint8Array(head.length + row * height)
  file.set(head)
  for (let y = 0; y < height; y += 1)
    file.set(plane.data.subarray(y * plane.stride, y * plane.stride + row), head.length + y * row)
  return { ok: true, file }
}

const answer = await decode(workerData as HeicTask).catch((error: unknown): HeicAnswer => ({
  ok: false,
  detail: String(error),
}))
parentPort?.postMessage(answer, answer.ok ? [answer.file.buffer as ArrayBuffer] : [])
