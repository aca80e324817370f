import { readFile } from 'node:fs/promises'
import * as clips from './clips.ts'
import * as pictures from './pictures.ts'

/** One small whole file of every kind the studio takes, by the ending its kind usually has. */
export async function fileZoo(folder: string): Promise<Readonly<Record<string, Buffer>>> {
  const size = { width: 160, height: 90, seconds: 1 }
  const make = (name: string, change: Partial<clips.ClipRecipe> = {}) =>
    clips.makeClip(folder, name, { ...size, ...change })
  const small = { width: 96, height: 128 }
  const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p']
  const paths = {
    mp4: await make('zoo.mp4'),
    m4v: await make('zoo.m4v', {
      video: [...h264, '-bf', '2'],
      container: ['-movflags', '+frag_keyframe+empty_moov', '-f', 'mp4'],
    }),
    mov: await make('zoo.mov', { container: [] }),
    mkv: await make('zoo.mkv', { container: [] }),
    webm: await make('zoo.webm', {
      video: ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '200k'],
      audio: ['-c:a', 'libopus'],
      container: [],
    }),
    avi: await make('zoo.avi', {
      video: ['-c:v', 'mpeg4', '-q:v', '5'],
      audio: ['-c:a', 'mp3'],
      container: [],
    }),
    jpg: await pictures.jpeg(folder, small),
    png: await pictures.png(folder, small),
    webp: await pictures.webpImage(folder),
    avif: await pictures.avif(folder),
    gif: await pictures.gif(folder),
    tiff: await pictures.tiff(folder),
  }
  return Object.fromEntries(
    await Promise.all(
      Object.entries(paths).map(async ([ending, path]) => [ending, await readFile(path)] as const),
    ),
  )
}

/** A change to a file; places and lengths are parts of the whole. */
export type Mutation =
  | { readonly kind: 'cut'; readonly at: number }
  | { readonly kind: 'flip'; readonly at: number; readonly bit: number }
  | { readonly kind: 'fill'; readonly at: number; readonly length: number; readonly byte: number }
  | { readonly kind: 'double'; readonly at: number; readonly length: number }
  | { readonly kind: 'splice'; readonly at: number; readonly from: string }

export function mutate(bytes: Buffer, zoo: Readonly<Record<string, Buffer>>, mutation: Mutation): Buffer {
  const at = Math.floor(mutation.at * bytes.length)
  switch (mutation.kind) {
    case 'cut':
      return bytes.subarray(0, at)
    case 'flip': {
      const changed = Buffer.from(bytes)
      if (at < changed.length) changed[at] = (changed[at] ?? 0) ^ (1 << mutation.bit)
      return changed
    }
    case 'fill': {
      const end = Math.min(bytes.length, at + Math.ceil(mutation.length * bytes.length))
      return Buffer.from(bytes).fill(mutation.byte, at, end)
    }
    case 'double': {
      const end = Math.min(bytes.length, at + Math.ceil(mutation.length * bytes.length))
      return Buffer.concat([bytes.subarray(0, end), bytes.subarray(at)])
    }
    case 'splice': {
      const other = zoo[mutation.from] ?? Buffer.alloc(0)
      return Buffer.concat([bytes.subarray(0, at), other.subarray(Math.floor(mutation.at * other.length))])
    }
  }
}
