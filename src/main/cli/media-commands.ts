import type { Command } from 'commander'
import { resolve } from 'node:path'
import { z } from 'zod'
import { fail, ok, type Outcome } from '../../shared/outcome.ts'
import { option, seconds, wordOption } from './option-values.ts'
import type { CompareRequest, PrepareRequest, CheckRequest } from './requests.ts'
import { addSelectors, readSelection, selectorFlags } from './selectors.ts'

export const example = (line: string) => `\nExample:\n  understudy ${line}`

export const characterOption = () => option('character', 'file', 'the character: an image')
export const clipOption = () => option('clip', 'file', 'the clip whose motion is performed')
export const inOption = () =>
  option('in', 'seconds', 'where in the clip to begin (default: 0)', seconds('zero'))
export const lengthOption = () =>
  option(
    'length',
    'seconds',
    "how much of it (default: to the end or the provider's limit)",
    seconds('above zero'),
  )

/** What `check` and `generate` cannot do without, in one sentence. */
export function bothInputs(
  command: string,
  flags: { readonly character?: string | undefined; readonly clip?: string | undefined },
  cwd: string,
): Outcome<{ readonly character: string; readonly clip: string }> {
  if (flags.character === undefined)
    return fail('usage', `${command} needs a character: name an image with --character FILE.`)
  if (flags.clip === undefined)
    return fail('usage', `${command} needs a clip: name a video with --clip FILE.`)
  return ok({ character: resolve(cwd, flags.character), clip: resolve(cwd, flags.clip) })
}

export const addCheck = (program: Command): Command =>
  addSelectors(
    program
      .command('check')
      .description("hold a character and a clip against a provider's rules; changes nothing")
      .addOption(characterOption())
      .addOption(clipOption()),
  ).addHelpText('after', example('check --character face.jpg --clip dance.mp4 --orientation video'))

const checkFlags = selectorFlags.extend({ character: z.string().optional(), clip: z.string().optional() })

export function readCheck(raw: unknown, cwd: string): Outcome<CheckRequest> {
  const flags = checkFlags.parse(raw)
  const inputs = bothInputs('check', flags, cwd)
  if (!inputs.ok) return inputs
  const selection = readSelection(flags)
  return selection.ok ? ok({ command: 'check', ...inputs.value, ...selection.value }) : selection
}

export const addPrepare = (program: Command): Command =>
  addSelectors(
    program
      .command('prepare')
      .description('make a character, a clip or both fit, offline, and write what would be sent')
      .addOption(characterOption())
      .addOption(clipOption())
      .addOption(option('out', 'folder', 'where clip.mp4, character.jpg or .png and certificate.json go'))
      .addOption(inOption())
      .addOption(lengthOption()),
  ).addHelpText('after', example('prepare --clip dance.mov --in 2.5 --length 8 --out prepared'))

const prepareFlags = checkFlags.extend({
  out: z.string().optional(),
  in: z.number().optional(),
  length: z.number().optional(),
})

export function readPrepare(raw: unknown, cwd: string): Outcome<PrepareRequest> {
  const flags = prepareFlags.parse(raw)
  if (flags.character === undefined && flags.clip === undefined)
    return fail('usage', 'prepare needs something to prepare: --character FILE, --clip FILE or both.')
  if (flags.out === undefined) return fail('usage', 'prepare needs a folder to write to: --out FOLDER.')
  const selection = readSelection(flags)
  if (!selection.ok) return selection
  return ok({
    command: 'prepare',
    character: flags.character === undefined ? null : resolve(cwd, flags.character),
    clip: flags.clip === undefined ? null : resolve(cwd, flags.clip),
    out: resolve(cwd, flags.out),
    window: { start: flags.in ?? 0, length: flags.length ?? null },
    ...selection.value,
  })
}

export const addCompare = (program: Command): Command =>
  program
    .command('compare')
    .description('write one video that shows the reference and the result together')
    .addOption(option('reference', 'file', 'the reference video'))
    .addOption(option('result', 'file', 'the result'))
    .addOption(option('out', 'file', 'the video to write; an existing file is never replaced'))
    .addOption(wordOption('layout', ['side-by-side'], 'how the two are shown (default: side-by-side)'))
    .addOption(option('offset', 'seconds', 'how much later the result is shown (default: 0)', seconds('any')))
    .addOption(wordOption('sound', ['reference', 'result', 'none'], 'whose sound (default: reference)'))
    .addHelpText('after', example('compare --reference dance.mp4 --result take.mp4 --out both.mp4'))

const compareFlags = z.object({
  reference: z.string().optional(),
  result: z.string().optional(),
  out: z.string().optional(),
  offset: z.number().optional(),
  sound: z.enum(['reference', 'result', 'none']).optional(),
})

export function readCompare(raw: unknown, cwd: string): Outcome<CompareRequest> {
  const { reference, result, out, offset, sound } = compareFlags.parse(raw)
  if (reference === undefined) return fail('usage', 'compare needs the reference: --reference FILE.')
  if (result === undefined) return fail('usage', 'compare needs the result: --result FILE.')
  if (out === undefined) return fail('usage', 'compare needs a file to write: --out FILE.')
  return ok({
    command: 'compare',
    reference: resolve(cwd, reference),
    result: resolve(cwd, result),
    out: resolve(cwd, out),
    offset: offset ?? 0,
    sound: sound ?? 'reference',
  })
}
