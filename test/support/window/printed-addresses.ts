import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

/** The addresses that a studio prints: each lets in once, and the next is printed when one was used. */
export function printedAddresses(output: Readable, said: () => string): () => Promise<string> {
  const lines = createInterface({ input: output })[Symbol.asyncIterator]()
  return async () => {
    const line = await lines.next()
    const address = line.done === true ? undefined : /http:\/\/\S+/.exec(line.value)?.[0]
    if (address === undefined) throw new Error(`The studio ended before it was open.\n${said()}`)
    return address
  }
}
