import { open } from 'node:fs/promises'

/**
 * Decodes raw base64 into a file, piece by piece. Answers false for anything but the standard alphabet with correct
 * padding. `\/` counts as `/`: some JSON writers escape it.
 */
export async function decodeBase64(
  pieces: AsyncIterable<string> | Iterable<string>,
  target: string,
): Promise<boolean> {
  const file = await open(target, 'w', 0o600)
  let rest = ''
  let padded = false
  try {
    for await (const piece of pieces) {
      const text = unescaped(rest + piece)
      const complete = text.endsWith('\\') ? text.length - 1 : text.length
      const ready = text.slice(0, complete - (complete % 4))
      rest = text.slice(ready.length)
      if (ready === '') continue
      if (padded || !/^[A-Za-z0-9+/]+={0,2}$/.test(ready)) return false
      padded = ready.endsWith('=')
      await file.write(Buffer.from(ready, 'base64'))
    }
  } finally {
    await file.close()
  }
  return rest === ''
}

const unescaped = (text: string) => text.replaceAll('\\/', '/')
