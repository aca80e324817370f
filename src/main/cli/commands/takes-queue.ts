import type { Command } from 'commander'
import { ok, type Outcome } from '../../../shared/outcome.ts'
import type { QueuePlace, TakeQueue } from '../../../shared/domain/take-queue.ts'
import type { Studio } from '../../core/studio.ts'
import type { Takes } from '../../takes/types.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { findTake } from '../follow.ts'
import { addMoveFlags, readMove, type MoveFlags, type MoveTo } from '../move-flags.ts'
import { takeArgument } from '../options.ts'
import { noTakesWait, notPausedForLong, resumeQueue, sendThem } from '../problems.ts'
import type { TakesQueueRequest, TakesRequest } from '../requests.ts'
import type { Session } from '../session.ts'
import { example } from './media-flags.ts'
import { formatTakes, takeForList } from './takes-format.ts'

export function addTakesQueue(takes: Command, onRequest: (request: Outcome<TakesRequest>) => void): void {
  const queue = takes
    .command('queue')
    .description('order, pause or cancel takes that wait to be sent; tasks that run are not changed')
  const plain = (name: 'list' | 'pause' | 'resume', description: string) => {
    queue
      .command(name)
      .description(description)
      .addHelpText('after', example(`takes queue ${name}`))
      .action(() => {
        onRequest(ok({ command: `takes queue ${name}` }))
      })
  }
  plain('list', 'list the takes that wait, in the order they are sent')
  plain('pause', 'send nothing new; takes already being sent continue')
  plain('resume', 'send again')
  addMoveFlags(
    queue.command('move').description('move a waiting take in the queue').addArgument(takeArgument()),
    'waiting takes',
  )
    .addHelpText('after', example('takes queue move 01JD8Q --first'))
    .action((id: string, flags: MoveFlags) => {
      const to = readMove('takes queue move', flags)
      onRequest(to.ok ? ok({ command: 'takes queue move', id, to: to.value }) : to)
    })
  queue
    .command('cancel')
    .description('cancel a take that waits; nothing was charged for it')
    .addArgument(takeArgument())
    .addHelpText('after', example('takes queue cancel 01JD8Q'))
    .action((id: string) => {
      onRequest(ok({ command: 'takes queue cancel', id }))
    })
}

function placeOf(takes: Takes, to: MoveTo): Outcome<QueuePlace> {
  if (typeof to === 'string') return ok(to)
  const before = findTake(takes.list(), to.before)
  return before.ok ? ok({ before: before.value.id }) : before
}

async function change(takes: Takes, request: TakesQueueRequest): Promise<Outcome<TakeQueue>> {
  if (request.command === 'takes queue list') return ok(takes.queue())
  if (request.command === 'takes queue pause') {
    const paused = await takes.pauseQueue(true)
    return paused.ok && paused.value.unsaved ? notPausedForLong(paused.value.unsaved) : paused
  }
  if (request.command === 'takes queue resume') return takes.pauseQueue(false)
  const found = findTake(takes.list(), request.id)
  if (!found.ok) return found
  const { id } = found.value
  if (request.command === 'takes queue move') {
    const to = placeOf(takes, request.to)
    return to.ok ? takes.moveInQueue(id, to.value) : to
  }
  const back = await takes.takeBack(id)
  return back.ok ? ok(takes.queue()) : back
}

/** Shows and changes the order of takes that wait. Nothing is sent while this command runs. */
export async function runTakesQueue(
  { takes, catalogue }: Pick<Studio, 'takes' | 'catalogue'>,
  request: TakesQueueRequest,
  { printer }: Session,
): Promise<Outcome<ExitCode>> {
  const changed = await change(takes, request)
  if (!changed.ok) return changed
  const { paused, waiting } = changed.value
  const ids = waiting.map(({ take }) => take)
  const marksOf = catalogue.marksOf(ids)
  const all = new Map(takes.list().map((take) => [take.id, take]))
  const inOrder = ids.flatMap((id) => all.get(id) ?? [])
  printer.value({
    paused,
    takes: inOrder.map((take) => takeForList(take, null, null, marksOf.get(take.id))),
  })
  if (paused) printer.line(`Paused. ${resumeQueue}`)
  printer.line(formatTakes(inOrder, { marksOf, none: noTakesWait }))
  if (!paused && inOrder.length > 0) printer.note(sendThem)
  return ok(exitCodes.done)
}
