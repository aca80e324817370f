import { describe, expect, it } from 'vitest'
import { createLineReader } from '../../../src/main/media/tool-output.ts'

describe('what a tool prints', () => {
  it('comes line by line, wherever the pieces were cut, and the last line without an end', () => {
    const bytes = Buffer.from('first “one”\n\nthird 映画\nlast')
    for (let size = 1; size <= bytes.length; size += 1) {
      const lines: string[] = []
      const reader = createLineReader((line) => lines.push(line))
      for (let at = 0; at < bytes.length; at += size) reader.take(bytes.subarray(at, at + size))
      reader.close()
      expect(lines).toEqual(['first “one”', '', 'third 映画', 'last'])
    }
  })
})
