import { needs, hostAndLink, characterLinkAlone, taskIdLength, takeAndAll } from '../problems.ts'
import { Argument, Option, type Command } from 'commander'
import { remoteProviders, type RemoteProvider } from '../../../shared/domain/account.ts'
import { resolve } from 'node:path'
import { z } from 'zod'
import { ok, type Outcome } from '../../../shared/outcome.ts'
import { bothInputs, characterOption, clipOption, example } from './media-flags.ts'
import { baseAddress, option, takeArgument, webAddress, wordOption } from '../options.ts'
import { inOption, lengthOption, partFlags, readPart, withoutCutsOption } from '../performed-part.ts'
import type { GenerateRequest, TakesRequest } from '../requests.ts'
import { addSelectors, readSelection, selectorFlags } from '../selectors.ts'
import { addContactSheet } from './contact-sheet.ts'
import { addMarks, filterHelp, filterOption, readList } from './takes-marks.ts'
import { addTakesQueue } from './takes-queue.ts'
import { addTrash } from './takes-trash.ts'

const consentHelp = 'agree to the cost in advance'
const guardHelp = 'agree in advance to exceed a limit you set in the window'

export const addGenerate = (program: Command): Command =>
  addSelectors(
    program
      .command('generate')
      .description('submit one take, follow it and download the result')
      .addOption(characterOption())
      .addOption(clipOption())
      .addOption(option('out', 'folder', 'the folder for the result'))
      .addOption(inOption())
      .addOption(lengthOption())
      .addOption(withoutCutsOption())
      .addOption(
        wordOption(
          'host',
          ['s3', 'tunnel', 'provider', 'loopback'],
          'where to host the clip for the provider',
        ),
      )
      .addOption(option('clip-url', 'url', 'a link to the prepared clip, if it’s already online', webAddress))
      .addOption(
        option('character-url', 'url', 'a link to the character, if it’s already online', webAddress),
      )
      .option('--yes', consentHelp)
      .option('--pass-guard', guardHelp),
  ).addHelpText(
    'after',
    example('generate --character face.jpg --clip dance.mp4 --orientation image --out results'),
  )

const generateFlags = selectorFlags.extend(partFlags.shape).extend({
  character: z.string().optional(),
  clip: z.string().optional(),
  out: z.string().optional(),
  host: z.enum(['s3', 'tunnel', 'provider', 'loopback']).optional(),
  clipUrl: z.string().optional(),
  characterUrl: z.string().optional(),
  passGuard: z.boolean().optional(),
  yes: z.boolean().optional(),
})

export function readGenerate(raw: unknown, cwd: string): Outcome<GenerateRequest> {
  const flags = generateFlags.parse(raw)
  const inputs = bothInputs('generate', flags, cwd)
  if (!inputs.ok) return inputs
  if (flags.out === undefined) return needs('generate', 'a folder for the result: --out FOLDER')
  if (flags.host !== undefined && flags.clipUrl !== undefined) return hostAndLink
  if (flags.characterUrl !== undefined && flags.clipUrl === undefined) return characterLinkAlone
  const part = readPart(flags)
  if (!part.ok) return part
  const selection = readSelection(flags)
  if (!selection.ok) return selection
  return ok({
    command: 'generate',
    ...inputs.value,
    ...selection.value,
    out: resolve(cwd, flags.out),
    ...part.value,
    delivery: {
      host: flags.clipUrl === undefined ? (flags.host ?? null) : 'given',
      clipUrl: flags.clipUrl ?? null,
      characterUrl: flags.characterUrl ?? null,
    },
    yes: flags.yes ?? false,
    passGuard: flags.passGuard ?? false,
  })
}

type Hear = (request: Outcome<TakesRequest>) => void

function addAnswers(takes: Command, onRequest: Hear): void {
  takes
    .command('submit-again')
    .description('pay for a new attempt of a take')
    .addArgument(takeArgument())
    .option('--yes', consentHelp)
    .option('--pass-guard', guardHelp)
    .addHelpText('after', example('takes submit-again 01JD8Q'))
    .action((id: string, flags: { readonly yes?: true; readonly passGuard?: true }) => {
      const { yes = false, passGuard = false } = flags
      onRequest(ok({ command: 'takes submit-again', id, yes, passGuard }))
    })
  takes
    .command('adopt')
    .description('follow a task you found at the provider')
    .addArgument(takeArgument())
    .addArgument(new Argument('<task>', 'the provider’s task id'))
    .addHelpText('after', example('takes adopt 01JD8Q 790211543'))
    .action((id: string, task: string) => {
      const named = task.trim()
      if (named === '' || named.length > 200) onRequest(taskIdLength)
      else onRequest(ok({ command: 'takes adopt', id, task: named }))
    })
  takes
    .command('give-up')
    .description('stop following a take; you don’t get your money back')
    .addArgument(takeArgument())
    .addHelpText('after', example('takes give-up 01JD8Q'))
    .action((id: string) => {
      onRequest(ok({ command: 'takes give-up', id }))
    })
}

type ExportFlags = { readonly out?: string; readonly watermarked?: boolean }

function addExport(takes: Command, onRequest: Hear, cwd: string): void {
  takes
    .command('export')
    .description('copy the result of a take')
    .addArgument(takeArgument())
    .addOption(option('out', 'file', 'the file to write; never replaces an existing file'))
    .addOption(new Option('--watermarked', 'copy the version with the provider’s watermark'))
    .addHelpText('after', example('takes export 01JD8Q --out dance.mp4'))
    .action((id: string, { out, watermarked = false }: ExportFlags) => {
      if (out === undefined) onRequest(needs('takes export', 'a file to write: --out FILE'))
      else onRequest(ok({ command: 'takes export', id, out: resolve(cwd, out), watermarked }))
    })
}

function addSaveElsewhere(takes: Command, onRequest: Hear, cwd: string): void {
  takes
    .command('save-elsewhere')
    .description('follow a take and download its pending or missing result into another folder')
    .addArgument(takeArgument())
    .addOption(option('out', 'folder', 'an existing folder'))
    .addHelpText('after', example('takes save-elsewhere 01JD8Q --out /media/stick'))
    .action((id: string, flags: { readonly out?: string }) => {
      if (flags.out === undefined) onRequest(needs('takes save-elsewhere', 'a folder: --out FOLDER'))
      else onRequest(ok({ command: 'takes save-elsewhere', id, out: resolve(cwd, flags.out) }))
    })
}

function addFind(takes: Command, onRequest: Hear): void {
  takes
    .command('find')
    .description('list paid tasks of an account that have no file here; free')
    .addOption(wordOption('provider', remoteProviders, 'the provider to ask'))
    .addOption(option('base-url', 'url', 'the provider’s address, if it differs', baseAddress))
    .option('--bring-home', 'add them as takes and download their results')
    .addHelpText('after', example('takes find --provider kling --bring-home'))
    .action((flags: FindFlags) => {
      const { provider, baseUrl = null, bringHome = false } = flags
      if (provider === undefined) onRequest(needs('takes find', 'a provider: --provider ID'))
      else onRequest(ok({ command: 'takes find', provider, baseUrl, bringHome }))
    })
}

type FindFlags = {
  readonly provider?: RemoteProvider
  readonly baseUrl?: string
  readonly bringHome?: true
}

export function addTakes(program: Command, onRequest: Hear, cwd: string): void {
  const takes = program.command('takes').description('list, find, mark, follow and decide about takes')
  takes
    .command('list')
    .description('list every take, newest first')
    .addOption(filterOption())
    .addOption(new Option('--trash', 'what is in the trash').conflicts('filter'))
    .addHelpText('after', filterHelp)
    .addHelpText('after', example("takes list --filter 'stars>=4 provider:kling red'"))
    .action(({ filter, trash }: { readonly filter?: string; readonly trash?: true }) => {
      onRequest(trash ? ok({ command: 'takes list-trash' }) : readList(filter))
    })
  takes
    .command('show')
    .description('show everything about one take')
    .addArgument(takeArgument())
    .addHelpText('after', example('takes show 01JD8Q'))
    .action((id: string) => {
      onRequest(ok({ command: 'takes show', id }))
    })
  takes
    .command('follow')
    .description('continue one take, or every open take, until it ends or needs you')
    .addArgument(new Argument('[id]', 'the id of a take, or enough of its start or end to be unique'))
    .option('--all', 'every open take (the default)')
    .addHelpText('after', example('takes follow --all'))
    .action((id: string | undefined, flags: { readonly all?: true }) => {
      if (id !== undefined && flags.all) onRequest(takeAndAll)
      else onRequest(ok({ command: 'takes follow', id: id ?? null }))
    })
  takes
    .command('rebuild')
    .description('bring back takes that have a folder in the library but are missing from its list')
    .addHelpText('after', example('takes rebuild'))
    .action(() => {
      onRequest(ok({ command: 'takes rebuild' }))
    })
  addMarks(takes, onRequest)
  addTakesQueue(takes, onRequest)
  addTrash(takes, onRequest, cwd)
  addFind(takes, onRequest)
  addAnswers(takes, onRequest)
  addExport(takes, onRequest, cwd)
  addSaveElsewhere(takes, onRequest, cwd)
  addContactSheet(takes, onRequest, cwd)
}
