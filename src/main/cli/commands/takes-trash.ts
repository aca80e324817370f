import { resolve } from 'node:path'
import type { Command } from 'commander'
import { ok, type Outcome } from '../../../shared/outcome.ts'
import type { TrashedTake } from '../../../shared/domain/trash.ts'
import { formatBytes } from '../../../shared/units.ts'
import type { Studio } from '../../core/studio.ts'
import { exitCodeOf, exitCodes, type ExitCode } from '../exit-codes.ts'
import { findTakes } from '../follow.ts'
import { option, takeArgument, takesArgument } from '../options.ts'
import { table } from '../output.ts'
import { needs } from '../problems.ts'
import type { TakesRequest } from '../requests.ts'
import type { Session } from '../session.ts'
import { example } from './media-flags.ts'
import { formatTakes, takeForList } from './takes-format.ts'

export function addTrash(
  takes: Command,
  onRequest: (request: Outcome<TakesRequest>) => void,
  cwd: string,
): void {
  takes
    .command('trash')
    .description('move takes into the trash of the library; takes restore brings them back')
    .addArgument(takesArgument())
    .addHelpText('after', example('takes trash 01JD8Q 01JD8R'))
    .action((ids: readonly string[]) => {
      onRequest(ok({ command: 'takes trash', ids }))
    })
  takes
    .command('restore')
    .description('bring takes back from the trash')
    .addArgument(takesArgument())
    .addHelpText('after', example('takes restore 01JD8Q'))
    .action((ids: readonly string[]) => {
      onRequest(ok({ command: 'takes restore', ids }))
    })
  takes
    .command('empty-trash')
    .description('move everything in the trash to the bin of your system')
    .addHelpText('after', example('takes empty-trash'))
    .action(() => {
      onRequest(ok({ command: 'takes empty-trash' }))
    })
  takes
    .command('support-pack')
    .description('write a zip for the provider’s support, without keys and paths')
    .addArgument(takeArgument())
    .addOption(option('out', 'file', 'the zip to write; never replaces an existing file'))
    .addHelpText('after', example('takes support-pack 01JD8Q --out support.zip'))
    .action((id: string, { out }: { readonly out?: string }) => {
      if (out === undefined) onRequest(needs('takes support-pack', 'a file to write: --out FILE.zip'))
      else onRequest(ok({ command: 'takes support-pack', id, out: resolve(cwd, out) }))
    })
}

const forPrograms = ({ take, marks, trashedAt }: TrashedTake) => ({
  ...takeForList(take, null, null, marks),
  trashedAt,
})

/** Lists what is in the trash. */
export function listTrash({ takes }: Pick<Studio, 'takes'>, { printer }: Session): ExitCode {
  const trash = takes.trash()
  printer.value(trash.map(forPrograms))
  const marksOf = new Map(trash.map(({ take, marks }) => [take.id, marks]))
  printer.line(
    formatTakes(
      trash.map(({ take }) => take),
      { marksOf, none: 'The trash is empty.' },
    ),
  )
  return exitCodes.done
}

type TrashRequest = Extract<
  TakesRequest,
  { readonly command: 'takes trash' | 'takes restore' | 'takes empty-trash' | 'takes support-pack' }
>

async function emptyTrash(
  { takes }: Pick<Studio, 'takes'>,
  { printer }: Session,
): Promise<Outcome<ExitCode>> {
  const emptied = await takes.emptyTrash(null)
  if (!emptied.ok) return emptied
  const { binned, left } = emptied.value
  printer.value(emptied.value)
  printer.line(
    binned.length === 0
      ? 'Nothing was moved to the bin of your system.'
      : `${String(binned.length)} of ${String(binned.length + left.length)} takes are in the bin of your system now.`,
  )
  const [first] = left
  if (!first) return ok(exitCodes.done)
  if (left.length > 1) printer.line(table(left.map(({ take, problem }) => [take, problem.message])))
  printer.problem(first.problem)
  return ok(exitCodeOf(first.problem))
}

/** Trashes and restores takes, empties the trash, and writes support packs. */
export async function runTrash(
  studio: Pick<Studio, 'takes'>,
  request: TrashRequest,
  session: Session,
): Promise<Outcome<ExitCode>> {
  const { takes } = studio
  const { printer, signal } = session
  if (request.command === 'takes empty-trash') return emptyTrash(studio, session)
  const named = 'ids' in request ? request.ids : [request.id]
  const places = request.command === 'takes restore' ? takes.trash().map(({ take }) => take) : takes.list()
  const found = findTakes(places, named)
  if (!found.ok) return found
  const ids = found.value.map(({ id }) => id)
  if (request.command === 'takes trash') {
    const trashed = await takes.putInTrash(ids)
    if (!trashed.ok) return trashed
    printer.value(trashed.value)
    const stays = trashed.value.resultsStay
    printer.line(`In the trash now: ${ids.join(', ')}`)
    if (stays.length > 0)
      printer.line(`You chose a folder for these results, so they stay there: ${stays.join(', ')}`)
    return ok(exitCodes.done)
  }
  if (request.command === 'takes restore') {
    const restored = await takes.restore(ids)
    if (!restored.ok) return restored
    printer.value(restored.value.map((take) => takeForList(take, null, null, undefined)))
    printer.line(`Back in the list: ${ids.join(', ')}`)
    return ok(exitCodes.done)
  }
  const written = await takes.supportPack(ids[0] ?? '', request.out, { signal })
  if (!written.ok) return written
  printer.value(written.value)
  printer.line(`Wrote ${written.value.path} (${formatBytes(written.value.bytes)})`)
  return ok(exitCodes.done)
}
