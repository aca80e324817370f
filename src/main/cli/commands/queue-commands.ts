import { Argument, type Command } from 'commander'
import { fail, ok, type Outcome } from '../../../shared/outcome.ts'
import { addSources, example, readSources } from './media-flags.ts'
import { option } from '../options.ts'
import type { QueueRequest } from '../requests.ts'
import { addSelectors } from '../selectors.ts'

const itemArgument = () => new Argument('<id>', 'the id of a preparation, or enough of its beginning or end')

type Hear = (request: Outcome<QueueRequest>) => void
/** Flags with those of a preset beneath them. */
export type WithPreset = <T>(flags: unknown, read: (flags: unknown) => Outcome<T>) => Outcome<T>

const moveFlags = '--before ID, --first or --last'

function readMove(
  id: string,
  flags: { readonly before?: string; readonly first?: true; readonly last?: true },
): Outcome<QueueRequest> {
  const places = [
    ...(flags.before === undefined ? [] : [{ before: flags.before }]),
    ...(flags.first ? (['first'] as const) : []),
    ...(flags.last ? (['last'] as const) : []),
  ]
  const [to] = places
  if (to === undefined || places.length > 1) return fail('usage', `queue move needs one place: ${moveFlags}.`)
  return ok({ command: 'queue move', id, to })
}

export function addQueue(program: Command, hear: Hear, cwd: string, withPreset: WithPreset): void {
  const queue = program
    .command('queue')
    .description('preparations that are made one after the other and outlive a restart')
  const plain = (name: 'list' | 'run' | 'pause' | 'resume' | 'clear', description: string) => {
    queue
      .command(name)
      .description(description)
      .addHelpText('after', example(`queue ${name}`))
      .action(() => {
        hear(ok({ command: `queue ${name}` }))
      })
  }
  const aboutOne = (name: 'cancel' | 'retry', description: string) => {
    queue
      .command(name)
      .description(description)
      .addArgument(itemArgument())
      .addHelpText('after', example(`queue ${name} 01JD8Q`))
      .action((id: string) => {
        hear(ok({ command: `queue ${name}`, id }))
      })
  }
  plain('list', 'every preparation, in order')
  addSelectors(
    addSources(
      queue
        .command('add')
        .description('put preparations at the end of the queue')
        .addOption(option('out', 'folder', 'where each gets a folder of its own')),
    ),
  )
    .addHelpText('after', example('queue add --clip shoot --character face.jpg --out prepared'))
    .action((flags: unknown) => {
      hear(
        withPreset(flags, (all) => {
          const sources = readSources(all, cwd, 'queue add')
          return sources.ok ? ok({ command: 'queue add' as const, ...sources.value }) : sources
        }),
      )
    })
  plain('run', 'make what waits, until nothing does')
  plain('pause', 'begin nothing more')
  plain('resume', 'go on')
  queue
    .command('move')
    .description('change when a preparation that waits is made')
    .addArgument(itemArgument())
    .addOption(option('before', 'id', 'in front of this one'))
    .option('--first', 'in front of all that wait')
    .option('--last', 'behind all others')
    .addHelpText('after', example('queue move 01JD8Q --first'))
    .action(
      (id: string, flags: { readonly before?: string; readonly first?: true; readonly last?: true }) => {
        hear(readMove(id, flags))
      },
    )
  aboutOne('cancel', 'take back a preparation')
  aboutOne('retry', 'make one that failed or was cancelled after all others')
  plain('clear', 'take what is prepared, failed or cancelled from the list')
}
