import { chmodSync, copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { createMedia, type MediaParts } from '../../src/main/media/create-media.ts'
import { createRunTool } from '../../src/main/processes/run-tool.ts'
import type { Media } from '../../src/main/media/media.ts'
import type { Problem } from '../../src/shared/outcome.ts'
import type { Take } from '../../src/shared/domain/take.ts'
import type { NewTake } from '../../src/main/takes/types.ts'
import { isAlive, tracesIn } from '../support/processes/a-parent.ts'
import { makeClip } from '../support/clips/clips.ts'
import { aTake, fakeMedia, openLibrary, takeId, type Bench } from '../support/library/library.ts'
import { libraryStage } from '../support/library/library-stage.ts'
import { jpeg } from '../support/clips/pictures.ts'
import { realTools } from '../support/processes/tools.ts'

type Change = Omit<Partial<MediaParts>, 'run'> & {
  readonly around?: (media: Media) => Partial<Media>
}

/** Takes that are prepared by the real tools, with a provider that counts what it is asked for. */
export function prepareStage() {
  const stage = libraryStage()
  const films = { folder: '', clip: '', slow: '', character: '' }
  let pids: number[] = []
  let count = { submit: 0 }
  beforeAll(async () => {
    films.folder = await mkdtemp(join(tmpdir(), 'understudy-films-'))
    // As small as the rules allow: what is tried here is what goes wrong, not what is encoded.
    films.clip = await makeClip(films.folder, 'small.mp4', { width: 640, height: 352, seconds: 3, rate: 12 })
    films.slow = await makeClip(films.folder, 'slow.mp4', {
      ...{ width: 1280, height: 720, seconds: 9, busy: true },
    })
    films.character = await jpeg(films.folder, { width: 360, height: 480 })
  })
  afterAll(() => rm(films.folder, { recursive: true, force: true }))
  afterEach(() => {
    pids = []
  })

  const work = () => join(stage.folder, 'work')

  async function open({ around = () => ({}), ...change }: Change = {}): Promise<Bench> {
    await stage.bench?.close()
    const provider = await stage.provider()
    count = provider.count
    const leftovers = tracesIn(work())
    const run = createRunTool({
      trackTool: (pid, command) => {
        pids.push(pid)
        return leftovers.trackTool(pid, command)
      },
    })
    const parts = {
      tools: realTools,
      workFolder: leftovers.folder,
      trackFile: leftovers.trackFile,
      ...change,
    }
    const real = createMedia({ ...parts, run })
    // The provider of these tests sends words and no film.
    const media = { ...real, verifyResult: fakeMedia().verifyResult }
    const bench = openLibrary({
      folder: stage.folder,
      origin: provider.origin,
      media: { ...media, ...around(media) },
    })
    stage.bench = bench
    return bench
  }

  /** A take of copies, under these names, that a test may spoil. */
  function take({
    clip = films.clip,
    name = 'dance.mp4',
    ...change
  }: Partial<NewTake> & { readonly name?: string } = {}) {
    const plain = aTake(stage.folder, { ...change })
    const paths = { clip: join(stage.folder, name), character: join(stage.folder, 'hero.jpg') }
    copyFileSync(clip, paths.clip)
    copyFileSync(films.character, paths.character)
    return { ...plain, ...paths, ...(change.character !== undefined && { character: change.character }) }
  }

  const unfinished = () =>
    readdirSync(stage.folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('.part'))

  /** No process, no note, no temporary file, and nothing that was asked of the provider. */
  async function expectNothingLeft(): Promise<void> {
    expect(await Promise.all(pids.map(isAlive))).toEqual(pids.map(() => false))
    expect(unfinished()).toEqual([])
    const notes = existsSync(work()) ? readdirSync(work(), { recursive: true, encoding: 'utf8' }) : []
    expect(notes.filter((name) => name.endsWith('.json'))).toEqual([])
    expect(count.submit).toBe(0)
  }

  /** The take waits as a draft with this problem, nothing is left behind, and one more start changes nothing. */
  async function expectDraft(problem: Partial<Problem>): Promise<Take> {
    const shown = () => {
      const found = stage.bench?.library.show(takeId)
      if (!found?.ok) throw new Error('the take is not shown')
      return found.value
    }
    const before = shown()
    expect(before).toMatchObject({ state: 'DRAFT', problem })
    await expectNothingLeft()
    const again = await open()
    again.library.resume()
    expect(shown()).toEqual(before)
    await expectNothingLeft()
    return before
  }

  return {
    films,
    folder: () => stage.folder,
    work,
    open,
    take,
    pids: () => pids,
    submits: () => count.submit,
    unfinished,
    expectNothingLeft,
    expectDraft,
    takeJson: () => readFileSync(join(stage.folder, 'library', takeId, 'take.json'), 'utf8'),
    /** A program of the user's own in the place of a tool. */
    script: (body: string) => {
      const path = join(stage.folder, 'a tool')
      writeFileSync(path, `#!/bin/sh\n${body}\n`)
      chmodSync(path, 0o755)
      return path
    },
  }
}

/** The submit was refused: what it said. */
export async function refusal(bench: Bench, take: NewTake): Promise<Problem> {
  const taken = await bench.library.submit(take)
  if (taken.ok) throw new Error('the take was accepted')
  expect(bench.library.list()).toEqual([])
  return taken.problem
}

export async function accepted(bench: Bench, take: NewTake): Promise<void> {
  const taken = await bench.library.submit(take)
  if (!taken.ok) throw new Error(taken.problem.message)
}
