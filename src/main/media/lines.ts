/** What a tool prints, handed over line by line as it comes; `close` hands over what no end of a line has followed. */
export function createLineReader(onLine: (line: string) => void): {
  readonly take: (chunk: Uint8Array) => void
  readonly close: () => void
} {
  const decoder = new TextDecoder()
  let rest = ''
  return {
    take: (chunk) => {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      lines.forEach(onLine)
    },
    close: () => {
      onLine(rest + decoder.decode())
      rest = ''
    },
  }
}
