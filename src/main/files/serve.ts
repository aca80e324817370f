import { open, type FileHandle } from 'node:fs/promises'
import { basename } from 'node:path'
import { contentType, headLength } from './sniff.ts'
import { streamRange } from './file-stream.ts'
import { mediaAnswer, mediaHeaders, type MediaFacts } from './media-answer.ts'

export type MediaSource =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer>; readonly contentType: string }

const refuse = (status: number, sentence: string) =>
  new Response(sentence, {
    status,
    headers: { ...mediaHeaders, 'Content-Type': 'text/plain; charset=utf-8' },
  })

const notFound = () => refuse(404, 'There is no such file.')

/**
 * The one `Request → Response` handler for `media://` and `/media/`: the last part of the address is a token, its
 * meaning is looked up, and exact byte ranges are answered so that players can seek.
 */
export function createMediaHandler(find: (token: string) => MediaSource | undefined) {
  return async (request: Request): Promise<Response> => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, 'Media can only be read.')
    const source = find(new URL(request.url).pathname.split('/').at(-1) ?? '')
    if (source === undefined) return notFound()
    return source.kind === 'file' ? answerFile(request, source.path) : answerBytes(request, source)
  }
}

async function answerFile(request: Request, path: string): Promise<Response> {
  const handle = await open(path, 'r').catch(() => null)
  if (handle === null) return notFound()
  const facts = await fileFacts(handle, path).catch(() => null)
  const answer = facts && mediaAnswer(request, facts)
  // From here on the stream closes the file.
  if (answer?.send) return new Response(streamRange(handle, answer.send.first, answer.send.last), answer)
  await handle.close()
  return answer ? new Response(null, answer) : notFound()
}

async function fileFacts(handle: FileHandle, path: string): Promise<MediaFacts | null> {
  const stat = await handle.stat()
  if (!stat.isFile()) return null
  const head = await handle.read(new Uint8Array(headLength), 0, headLength, 0)
  return {
    size: stat.size,
    type: contentType(basename(path), head.buffer.subarray(0, head.bytesRead)),
    tag: `"${[stat.ino, stat.size, stat.mtimeMs].map((number) => number.toString(36)).join('-')}"`,
  }
}

function answerBytes(request: Request, source: Extract<MediaSource, { kind: 'bytes' }>): Response {
  const facts = { size: source.bytes.byteLength, type: source.contentType, tag: '"bytes"' }
  const answer = mediaAnswer(request, facts)
  const body = answer.send && source.bytes.subarray(answer.send.first, answer.send.last + 1)
  return new Response(body, answer)
}
