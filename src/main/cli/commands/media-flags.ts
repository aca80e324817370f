import { needs, needsValue, needsCharacter, needsClip, needsFiles } from '../problems.ts'
import type { Command } from 'commander'
import { resolve } from 'node:path'
import { z } from 'zod'
import { nameFields } from '../../../shared/domain/batch.ts'
import { ok, type Outcome } from '../../../shared/outcome.ts'
import { wrongEnding } from '../../files/wrong-ending.ts'
import { listOption, nameTemplate, option, time, wordOption } from '../options.ts'
import {
  askedTime,
  inOption,
  lengthOption,
  partFlags,
  readPart,
  withoutCutsOption,
} from '../performed-part.ts'
import type { CompareRequest, PrepareRequest, CheckRequest } from '../requests.ts'
import { addSelectors, readSelection, selectorFlags } from '../selectors.ts'

export const example = (line: string) => `\nExample:\n  understudy ${line}`

export const characterOption = () => option('character', 'file', 'the character: an image')
export const clipOption = () => option('clip', 'file', 'the clip: a video with the motion to copy')
/** What `check` and `generate` cannot do without, in one sentence. */
export function bothInputs(
  command: string,
  flags: { readonly character?: string | undefined; readonly clip?: string | undefined },
  cwd: string,
): Outcome<{ readonly character: string; readonly clip: string }> {
  if (flags.character === undefined) return needsCharacter(command)
  if (flags.clip === undefined) return needsClip(command)
  return ok({ character: resolve(cwd, flags.character), clip: resolve(cwd, flags.clip) })
}

export const addCheck = (program: Command): Command =>
  addSelectors(
    program
      .command('check')
      .description('check a character and a clip against a provider’s rules; changes nothing')
      .addOption(characterOption())
      .addOption(clipOption())
      .addOption(inOption())
      .addOption(lengthOption())
      .addOption(withoutCutsOption()),
  ).addHelpText('after', example('check --character face.jpg --clip dance.mp4 --orientation video'))

const checkFlags = selectorFlags
  .extend({ character: z.string().optional(), clip: z.string().optional() })
  .extend(partFlags.shape)

export function readCheck(raw: unknown, cwd: string): Outcome<CheckRequest> {
  const flags = checkFlags.parse(raw)
  const inputs = bothInputs('check', flags, cwd)
  if (!inputs.ok) return inputs
  const part = readPart(flags)
  if (!part.ok) return part
  const selection = readSelection(flags)
  return selection.ok
    ? ok({ command: 'check', ...inputs.value, ...part.value, ...selection.value })
    : selection
}

/** What prepare and the queue take: files, and folders and patterns of files. */
export const addSources = (command: Command): Command =>
  command
    .addOption(listOption('character', 'file', 'an image, a folder or a pattern; can be repeated'))
    .addOption(listOption('clip', 'file', 'a video, a folder or a pattern; can be repeated'))
    .option('--recursive', 'include subfolders')
    .addOption(
      option(
        'name',
        'template',
        `folder name for each one: text and {${nameFields.join('}, {')}}`,
        nameTemplate,
      ),
    )
    .addOption(inOption())
    .addOption(lengthOption())

export const addPrepare = (program: Command): Command =>
  addSelectors(
    addSources(
      program
        .command('prepare')
        .description(
          'make characters, clips or both fit, and write the files that would be sent; works offline',
        ),
    )
      .addOption(option('out', 'folder', 'folder for clip.mp4, character.jpg or .png and certificate.json'))
      .addOption(withoutCutsOption()),
  ).addHelpText(
    'after',
    `${example('prepare --clip dance.mov --in 2.5 --length 8 --out prepared')}
  understudy prepare --clip shoot --character face.jpg --out prepared --name '{clip}-{provider}-{n}'`,
  )

const prepareFlags = selectorFlags.extend(partFlags.shape).extend({
  character: z.array(z.string()).optional(),
  clip: z.array(z.string()).optional(),
  recursive: z.boolean().optional(),
  name: z.string().optional(),
  out: z.string().optional(),
})

const noneIsEmpty = (paths: readonly string[]) => paths.every((path) => path !== '')

/** What is to be prepared, for whom and to where; `command` names the asking command in sentences. */
export function readSources(
  raw: unknown,
  cwd: string,
  command: string,
): Outcome<Omit<PrepareRequest, 'command'>> {
  const flags = prepareFlags.parse(raw)
  const { character: characters = [], clip: clips = [] } = flags
  if (characters.length === 0 && clips.length === 0) return needsFiles(command)
  if (!noneIsEmpty(characters)) return needsValue('--character')
  if (!noneIsEmpty(clips)) return needsValue('--clip')
  if (flags.out === undefined) return needs(command, 'a folder to write to: --out FOLDER')
  const part = readPart(flags)
  if (!part.ok) return part
  const selection = readSelection(flags)
  if (!selection.ok) return selection
  return ok({
    characters: characters.map((path) => resolve(cwd, path)),
    clips: clips.map((path) => resolve(cwd, path)),
    recursive: flags.recursive ?? false,
    name: flags.name ?? null,
    out: resolve(cwd, flags.out),
    ...part.value,
    ...selection.value,
  })
}

export function readPrepare(raw: unknown, cwd: string): Outcome<PrepareRequest> {
  const sources = readSources(raw, cwd, 'prepare')
  return sources.ok ? ok({ command: 'prepare', ...sources.value }) : sources
}

export const addCompare = (program: Command): Command =>
  program
    .command('compare')
    .description('write a video that shows the reference and the result together')
    .addOption(option('reference', 'file', 'the reference video'))
    .addOption(option('result', 'file', 'the result'))
    .addOption(option('out', 'file', 'the video to write; never replaces an existing file'))
    .addOption(
      wordOption('layout', ['side-by-side'], 'how to arrange the two videos (default: side-by-side)'),
    )
    .addOption(
      option('offset', 'time', 'how much later the result starts: -0.5, 12f (default: 0)', time('any')),
    )
    .addOption(
      wordOption('sound', ['reference', 'result', 'none'], 'which sound to use (default: reference)'),
    )
    .addHelpText('after', example('compare --reference dance.mp4 --result take.mp4 --out both.mp4'))

const compareFlags = z.object({
  reference: z.string().optional(),
  result: z.string().optional(),
  out: z.string().optional(),
  offset: askedTime.optional(),
  sound: z.enum(['reference', 'result', 'none']).optional(),
})

export function readCompare(raw: unknown, cwd: string): Outcome<CompareRequest> {
  const { reference, result, out, offset, sound } = compareFlags.parse(raw)
  if (reference === undefined) return needs('compare', 'the reference: --reference FILE')
  if (result === undefined) return needs('compare', 'the result: --result FILE')
  if (out === undefined) return needs('compare', 'a file to write: --out FILE')
  const wrong = wrongEnding(out, '.mp4')
  if (wrong) return wrong
  return ok({
    command: 'compare',
    reference: resolve(cwd, reference),
    result: resolve(cwd, result),
    out: resolve(cwd, out),
    offset: offset ?? 0,
    sound: sound ?? 'reference',
  })
}
