import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { withKnownBanners } from '../../../src/main/media/known-banners.ts'
import type { RunTool } from '../../../src/main/ports.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'understudy-banners-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** A program whose version is what its file says; an empty one does not start. */
async function stage() {
  const [program, file] = [join(folder, 'ffmpeg'), join(folder, 'tools.json')]
  let starts = 0
  const start: RunTool = async ({ command }) => {
    starts += 1
    const stdout = await readFile(command)
    return { ended: 'exit', exitCode: stdout.length > 0 ? 0 : 1, stdout, stderr: '' }
  }
  await writeFile(program, 'ffmpeg version 6.0')
  const ask = async (path = program, into = file) => {
    const exit = await withKnownBanners(start, into)({ command: path, args: ['-version'], wallLimit: 1000 })
    return new TextDecoder().decode(exit.stdout)
  }
  return { program, file, ask, starts: () => starts }
}

describe('what programs said of their version', () => {
  it('is asked once for as long as the program stays as it is', async () => {
    const { ask, starts } = await stage()
    expect([await ask(), await ask()]).toEqual(['ffmpeg version 6.0', 'ffmpeg version 6.0'])
    expect(starts()).toBe(1)
  })

  it('is asked again of a program that was replaced', async () => {
    const { program, ask, starts } = await stage()
    await ask()
    await writeFile(program, 'ffmpeg version 7.1.1')
    expect(await ask()).toBe('ffmpeg version 7.1.1')
    expect(starts()).toBe(2)
  })

  it('is not kept of a program that did not start', async () => {
    const { program, ask, starts } = await stage()
    await writeFile(program, '')
    await ask()
    await ask()
    expect(starts()).toBe(2)
  })

  it('is asked each time where it cannot be kept, and where what was kept is damaged', async () => {
    const { file, program, ask, starts } = await stage()
    const nowhere = join(program, 'tools.json')
    expect([await ask(program, nowhere), await ask(program, nowhere)]).toHaveLength(2)
    expect(starts()).toBe(2)
    await writeFile(file, '{"half')
    expect(await ask()).toBe('ffmpeg version 6.0')
    expect(await ask()).toBe('ffmpeg version 6.0')
    expect(starts()).toBe(3)
  })
})
