import { Command, CommanderError } from 'commander'
import { resolve } from 'node:path'
import { z } from 'zod'
import { fail, ok, type Outcome, type Problem } from '../../shared/outcome.ts'
import type { Preset } from '../../shared/domain/preset.ts'
import { addAccounts } from './commands/accounts.ts'
import {
  addCheck,
  addCompare,
  addPrepare,
  example,
  readCheck,
  readCompare,
  readPrepare,
} from './commands/media-flags.ts'
import { addLibrary } from './commands/library.ts'
import { addMotion, readMotion } from './commands/motion.ts'
import { option } from './options.ts'
import { addPresets, withPresetFlags } from './commands/presets.ts'
import { addQueue, type WithPreset } from './commands/queue.ts'
import { addSync, readSync } from './commands/sync.ts'
import type { Invocation, Request } from './requests.ts'
import { addGenerate, addTakes, readGenerate } from './commands/takes-flags.ts'

/** What a command line means: something to do, something to read, or a mistake. */
export type Reading =
  | { readonly kind: 'invocation'; readonly invocation: Invocation }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'mistake'; readonly problem: Problem }

type Line = {
  readonly argv: readonly string[]
  readonly cwd: string
  readonly version: string
  /** The user's own presets, read only where one is asked for. */
  readonly presets: (home: string | null) => readonly Preset[]
}

const rawFlags = z.record(z.string(), z.unknown())
const globalFlags = z.object({ json: z.boolean().optional(), home: z.string().optional() })

function newProgram(version: string, write: (text: string) => void): Command {
  return new Command('understudy')
    .description('Make the character in an image perform the motion of a clip.')
    .version(version, '--version', 'print the version')
    .helpOption('--help', 'print this help')
    .helpCommand(false)
    .option('--json', 'print only JSON to standard output, for programs')
    .addOption(option('home', 'folder', 'use this library folder instead of UNDERSTUDY_HOME'))
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeOut: write, writeErr: write, outputError: () => undefined })
    .exitOverride()
    .addHelpText('after', example('generate --character face.jpg --clip dance.mp4 --out results'))
}

const homeOf = (program: Command, cwd: string) => {
  const { home } = globalFlags.parse(program.opts())
  return home === undefined ? null : resolve(cwd, home)
}

function addCommands(
  program: Command,
  { cwd, presets }: Line,
  onRequest: (request: Outcome<Request>) => void,
): void {
  const withPreset: WithPreset = (flags, read) => {
    const all = withPresetFlags(rawFlags.parse(flags), () => presets(homeOf(program, cwd)))
    return all.ok ? read(all.value) : all
  }
  addCheck(program).action((flags: unknown) => {
    onRequest(withPreset(flags, (all) => readCheck(all, cwd)))
  })
  addPrepare(program).action((flags: unknown) => {
    onRequest(withPreset(flags, (all) => readPrepare(all, cwd)))
  })
  addGenerate(program).action((flags: unknown) => {
    onRequest(withPreset(flags, (all) => readGenerate(all, cwd)))
  })
  addTakes(program, onRequest, cwd)
  addQueue(program, onRequest, cwd, withPreset)
  addPresets(program, onRequest, withPreset)
  addCompare(program).action((flags: unknown) => {
    onRequest(readCompare(flags, cwd))
  })
  addMotion(program).action((flags: unknown) => {
    onRequest(readMotion(flags, cwd))
  })
  addSync(program).action((flags: unknown) => {
    onRequest(readSync(flags, cwd))
  })
  program
    .command('providers')
    .description('list the providers, their models and their limits')
    .addHelpText('after', example('providers'))
    .action(() => {
      onRequest(ok({ command: 'providers' }))
    })
  addAccounts(program, onRequest)
  addLibrary(program, cwd, onRequest)
  program
    .command('doctor')
    .description('check whether this computer has what Understudy needs')
    .option('--network', 'also try to reach every service, and say what blocks a connection')
    .addHelpText('after', example('doctor --network'))
    .action(({ network = false }: { readonly network?: boolean }) => {
      onRequest(ok({ command: 'doctor', network }))
    })
}

/** Commander's messages as whole sentences; its own sentence where we wrote one. */
function sentenceOf(error: CommanderError): string {
  const said = error.message.replace(/^error: /, '')
  const ours = /is invalid\. (.*)$/s.exec(said)?.[1]
  if (ours !== undefined) return ours
  const [first = '', hint] = said.split('\n')
  const sentence = `${first.charAt(0).toUpperCase()}${first.slice(1)}`.replace(/\.$/, '')
  return hint === undefined ? `${sentence}.` : `${sentence}. ${hint.replace(/^\((.*)\)$/, '$1')}`
}

const noCommand = 'Enter a command. --help lists them.'
const mistake = (message: string): Reading => ({ kind: 'mistake', problem: { code: 'usage', message } })

function readError(error: unknown, written: string): Reading {
  if (!(error instanceof CommanderError)) throw error
  if (error.code === 'commander.helpDisplayed' || error.code === 'commander.version')
    return { kind: 'text', text: written }
  // Commander answers a missing command with the help and no sentence.
  if (error.code === 'commander.help') return mistake(noCommand)
  return mistake(sentenceOf(error))
}

/** Understands one command line. Nothing is opened or printed, and nothing looked up but a preset that is named. */
export function readArguments(line: Line): Reading {
  const { argv, cwd, version } = line
  let written = ''
  let heard: Outcome<Request> = fail('usage', noCommand)
  const program = newProgram(version, (text) => {
    written += text
  })
  addCommands(program, line, (request) => {
    heard = request
  })
  try {
    program.parse(argv, { from: 'user' })
  } catch (error) {
    return readError(error, written)
  }
  // TypeScript does not see that a callback may have replaced the first value.
  const outcome = heard as Outcome<Request>
  if (!outcome.ok) return { kind: 'mistake', problem: outcome.problem }
  const { json = false } = globalFlags.parse(program.opts())
  return {
    kind: 'invocation',
    invocation: { request: outcome.value, json, home: homeOf(program, cwd) },
  }
}
