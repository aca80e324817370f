import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from '../../../src/main/media/create-media.ts'
import { defaultFit } from '../../../src/shared/domain/take.ts'
import type { MediaTools, CharacterJob, ClipJob } from '../../../src/main/media/media.ts'
import type { CharacterFacts, ClipFacts } from '../../../src/shared/domain/media.ts'
import type { Outcome, Problem } from '../../../src/shared/outcome.ts'
import { realTools, runTool } from '../processes/tools.ts'

export type Workbench = {
  readonly folder: string
  readonly mediaTools: MediaTools
  readonly remove: () => Promise<void>
}

/** A temporary folder and the real tools. */
export async function createWorkbench(): Promise<Workbench> {
  const folder = await mkdtemp(join(tmpdir(), 'understudy-media-'))
  return {
    folder,
    mediaTools: {
      run: runTool,
      ...(await realTools()),
      workFolder: join(folder, 'work'),
      trackFile: () => () => undefined,
      stallLimit: 30_000,
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

export function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.problem.message}\n${outcome.problem.detail ?? ''}`)
  return outcome.value
}

export function problemOf(outcome: Outcome<unknown>): Problem {
  if (outcome.ok) throw new Error(`No problem, but ${JSON.stringify(outcome.value)}`)
  return outcome.problem
}

export async function clipFacts(mediaTools: MediaTools, path: string): Promise<ClipFacts> {
  const facts = valueOf(await inspect(mediaTools, path))
  if (facts.kind !== 'clip') throw new Error(`${path} is no clip`)
  return facts
}

export async function characterFacts(mediaTools: MediaTools, path: string): Promise<CharacterFacts> {
  const facts = valueOf(await inspect(mediaTools, path))
  if (facts.kind !== 'character') throw new Error(`${path} is no character`)
  return facts
}

/** The whole clip, without limits, unless changed. */
export async function clipJob(
  { mediaTools, folder }: Workbench,
  source: string,
  change: Partial<ClipJob> = {},
): Promise<ClipJob> {
  const facts = change.facts ?? (await clipFacts(mediaTools, source))
  return {
    source,
    facts,
    start: 0,
    length: facts.duration,
    maxBytes: null,
    minSide: null,
    maxSide: null,
    maxFrameRate: 60,
    keepSound: true,
    copy: false,
    lengthen: null,
    background: '#ffffff',
    target: join(folder, 'prepared.mp4'),
    ...change,
  }
}

export async function characterJob(
  { mediaTools, folder }: Workbench,
  source: string,
  change: Partial<CharacterJob> = {},
): Promise<CharacterJob> {
  const facts = await characterFacts(mediaTools, source)
  return {
    source,
    facts,
    maxBytes: null,
    minSide: null,
    maxSide: null,
    aspect: null,
    fit: defaultFit,
    folder,
    name: 'prepared',
    ...change,
  }
}
