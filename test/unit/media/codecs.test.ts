import { describe, expect, it } from 'vitest'
import { codecWhitelists, refusedCodec } from '../../../src/main/media/limits.ts'
import { realTools, runTool } from '../../support/processes/tools.ts'

const [, pictures = '', , sounds = ''] = codecWhitelists
const listed = [...pictures.split(','), ...sounds.split(',')]

describe('the codecs that are read', () => {
  it('are names of decoders of this machine, but for those of libraries that a build may lack', async () => {
    const { ffmpeg: command } = await realTools()
    const { stdout } = await runTool({ command, args: ['-hide_banner', '-decoders'], wallLimit: 30_000 })
    const known = new Set(
      Array.from(new TextDecoder().decode(stdout).matchAll(/^ [VA]\S+ (\S+)/gm), ([, name]) => name),
    )
    expect(listed.filter((name) => !known.has(name) && !name.startsWith('lib') && name !== 'av1')).toEqual([])
  })

  it('are each listed once', () => {
    expect(listed).toHaveLength(new Set(listed).size)
  })

  it('are what a tool names when it was kept from another', () => {
    const words = "[smackvid @ 0x55] Codec (smackvid) not on whitelist 'h264,hevc'\nCould not open codec"
    expect(refusedCodec(words)).toBe('smackvid')
    expect(refusedCodec('moov atom not found')).toBeNull()
  })
})
