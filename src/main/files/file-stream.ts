import type { FileHandle } from 'node:fs/promises'
import type { Bytes } from '../../shared/units.ts'

const chunkBytes = 128 * 1024

/**
 * Bytes `first` to `last` of an open file, read only when somebody pulls, one chunk at a time. Closes the handle at
 * the end, on an error and when the reader goes away. Written by hand because `Readable.toWeb` can throw outside of
 * any promise when a player cancels (nodejs/node issue 64529).
 */
export function streamRange(handle: FileHandle, first: Bytes, last: Bytes): ReadableStream<Uint8Array> {
  let position = first
  let closed = false
  const close = async () => {
    if (closed) return
    closed = true
    await handle.close()
  }

  async function pull(controller: ReadableStreamDefaultController<Uint8Array>) {
    const wanted = Math.min(chunkBytes, last - position + 1)
    const { bytesRead, buffer } = await handle.read(new Uint8Array(wanted), 0, wanted, position)
    if (closed) return
    if (bytesRead === 0) throw new Error('The file became shorter while it was being read.')
    position += bytesRead
    controller.enqueue(buffer.subarray(0, bytesRead))
    if (position <= last) return
    controller.close()
    await close()
  }

  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        try {
          await pull(controller)
        } catch (error) {
          await close()
          throw error
        }
      },
      cancel: close,
    },
    // No reading ahead: a file whose answer nobody reads costs nothing.
    { highWaterMark: 0 },
  )
}
