import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { landscape } from '../clips/clips.ts'
import { buildCommandLine, statesIn, understudyWith, workplace } from '../processes/command-line.ts'
import { fileServer, type FileServer } from './contracts/files.ts'
import { jpeg } from '../clips/pictures.ts'

export type Asked = {
  readonly provider: string
  readonly origin: string
  /** Keys and other variables of the user. */
  readonly env: Readonly<Record<string, string>>
  readonly flags: readonly string[]
  /** Settings the user made in the window. */
  readonly settings?: object | undefined
}

/** Real files, a place for results on another host than the provider's, and the command line between them. */
export function remoteStage() {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-remote-'))
  const stage = {
    folder,
    character: '',
    clip: '',
    /** A video that passes for a result. */
    result: Buffer.alloc(0),
    // It stands before the first test begins.
    results: undefined as unknown as FileServer,
    generate: async ({ provider, origin, env, flags, settings }: Asked) => {
      const place = workplace(folder)
      mkdirSync(place.home, { recursive: true })
      if (settings) writeFileSync(join(place.home, 'settings.json'), JSON.stringify(settings))
      const files = ['--character', stage.character, '--clip', stage.clip, '--out', place.out]
      const command = ['generate', '--provider', provider, '--base-url', origin, ...files]
      const ended = await understudyWith(env, place.home, ...command, ...flags, '--yes', '--json')
      return { ...ended, ...place, last: statesIn(ended.lines).at(-1) }
    },
  }
  beforeAll(async () => {
    await buildCommandLine()
    stage.character = await jpeg(folder, { width: 480, height: 640 })
    stage.clip = await landscape(folder)
    stage.result = readFileSync(stage.clip)
    stage.results = await fileServer()
  })
  afterAll(async () => {
    await stage.results.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return stage
}

/** Far beyond what any of this takes; a machine under load must not decide a test. */
export const patient = { timeout: 300_000 }
