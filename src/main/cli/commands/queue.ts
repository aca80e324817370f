import { noSuchPreparation, severalPreparations, queuePaused, queueCancelled } from '../problems.ts'
import { Argument, type Command } from 'commander'
import { ok, type Outcome } from '../../../shared/outcome.ts'
import type { Queue } from '../../../shared/domain/queue.ts'
import { unreachable } from '../../../shared/units.ts'
import type { PrepareQueue } from '../../prepare/queue/queue.ts'
import type { Inputs } from '../../prepare/types.ts'
import type { Studio } from '../../core/studio.ts'
import { findSources } from './batch-files.ts'
import { exitCodeOf, exitCodes, type ExitCode, firstSentence } from '../exit-codes.ts'
import { formatQueue, queueForPrograms, stateWords } from './queue-format.ts'
import { using, type Session } from '../session.ts'
import { windowOf } from '../performed-part.ts'
import type { QueueRequest } from '../requests.ts'
import { addSources, example, readSources } from './media-flags.ts'
import { addMoveFlags, readMove, type MoveFlags } from '../move-flags.ts'
import { option } from '../options.ts'
import { addSelectors } from '../selectors.ts'

function findItem({ items }: Queue, text: string): Outcome<string> {
  const wanted = text.trim().toUpperCase()
  const found = wanted === '' ? [] : items.filter(({ id }) => id.startsWith(wanted) || id.endsWith(wanted))
  const [first] = found
  if (!first) return noSuchPreparation(text)
  return found.length === 1 || wanted === first.id ? ok(first.id) : severalPreparations(text, found.length)
}

async function add(
  { queue, viewing }: Studio,
  request: Extract<QueueRequest, { readonly command: 'queue add' }>,
  { printer, signal }: Session,
): Promise<Outcome<Queue>> {
  const found = await findSources(request)
  if (!found.ok) return found
  const { pairs, skipped, template } = found.value
  for (const { path, reason } of skipped) printer.note(`Skipped ${path}: ${reason}`)
  const { window, settings, out } = request
  const inputs: Inputs[] = []
  for (const one of pairs) {
    const part = await windowOf(viewing, one.clip, window, signal)
    if (!part.ok) return part
    inputs.push({ ...one, window: part.value, settings })
  }
  return queue.add(inputs, out, template)
}

async function move(
  queue: PrepareQueue,
  { id, to }: Extract<QueueRequest, { readonly command: 'queue move' }>,
): Promise<Outcome<Queue>> {
  const all = queue.read()
  const item = findItem(all, id)
  if (!item.ok) return item
  if (to === 'last') return queue.move(item.value, null)
  if (to === 'first')
    return queue.move(item.value, all.items.find(({ state }) => state === 'waiting')?.id ?? null)
  const before = findItem(all, to.before)
  return before.ok ? queue.move(item.value, before.value) : before
}

const isAtRest = ({ paused, items }: Queue) =>
  !items.some(({ state }) => state === 'running' || (state === 'waiting' && !paused))

/** Works until nothing waits any more, or the queue pauses; tells each item that begins or ends. */
async function work(queue: PrepareQueue, { printer, signal }: Session): Promise<Queue> {
  const told = new Map(queue.read().items.map(({ id, state }) => [id, state]))
  const tell = ({ items }: Queue) => {
    for (const { id, state, name, problem } of items) {
      if (told.get(id) === state) continue
      told.set(id, state)
      printer.line(`${name}: ${problem ? firstSentence(problem) : stateWords[state]}`)
    }
  }
  await new Promise<void>((resolve) => {
    const stop = queue.subscribe((now) => {
      tell(now)
      if (isAtRest(now)) end()
    })
    const end = () => {
      stop()
      signal.removeEventListener('abort', end)
      resolve()
    }
    signal.addEventListener('abort', end)
    queue.start()
    if (signal.aborted || isAtRest(queue.read())) end()
  })
  return queue.read()
}

function show(queue: PrepareQueue, now: Queue, { printer }: Session): void {
  const placed = queueForPrograms(now, queue.paths())
  printer.value(placed)
  printer.line(formatQueue(placed))
}

const gravest = [exitCodes.thisMachine, exitCodes.inputRefused, exitCodes.userMustChoose]

async function run(queue: PrepareQueue, session: Session): Promise<Outcome<ExitCode>> {
  const { printer, signal } = session
  const before = queue.read()
  const waiting = new Set(before.items.filter(({ state }) => state === 'waiting').map(({ id }) => id))
  if (before.paused && waiting.size > 0) return queuePaused
  const after = await work(queue, session)
  show(queue, after, session)
  if (signal.aborted) {
    printer.note(queueCancelled)
    return ok(exitCodes.cancelled)
  }
  if (after.pausedBy) return { ok: false, problem: after.pausedBy }
  const codes = after.items.flatMap(({ id, problem }) =>
    waiting.has(id) && problem ? [exitCodeOf(problem)] : [],
  )
  return ok(gravest.find((code) => codes.includes(code)) ?? codes[0] ?? exitCodes.done)
}

async function aboutOne(
  queue: PrepareQueue,
  id: string,
  change: (item: string) => Promise<Outcome<Queue>>,
): Promise<Outcome<Queue>> {
  const item = findItem(queue.read(), id)
  return item.ok ? change(item.value) : item
}

function changeQueue(
  studio: Studio,
  request: Exclude<QueueRequest, { readonly command: 'queue run' }>,
  session: Session,
): Promise<Outcome<Queue>> {
  const { queue } = studio
  switch (request.command) {
    case 'queue list':
      return Promise.resolve(ok(queue.read()))
    case 'queue add':
      return add(studio, request, session)
    case 'queue pause':
      return queue.pause(true)
    case 'queue resume':
      return queue.pause(false)
    case 'queue move':
      return move(queue, request)
    case 'queue cancel':
      return aboutOne(queue, request.id, queue.cancel)
    case 'queue retry':
      return aboutOne(queue, request.id, queue.retry)
    case 'queue clear':
      return queue.clear()
    default:
      return unreachable(request)
  }
}

/** Looks after the queue of a library that no window holds. */
export const runQueue = (request: QueueRequest, session: Session): Promise<ExitCode> =>
  using(session, session.openStudio(), async (studio) => {
    const { queue } = studio
    const { printer } = session
    const failed = (problem: Parameters<typeof exitCodeOf>[0]) => {
      printer.problem(problem)
      return exitCodeOf(problem)
    }
    if (request.command === 'queue run') {
      const ran = await run(queue, session)
      return ran.ok ? ran.value : failed(ran.problem)
    }
    const changed = await changeQueue(studio, request, session)
    if (!changed.ok) return failed(changed.problem)
    show(queue, changed.value, session)
    return exitCodes.done
  })

const itemArgument = () =>
  new Argument('<id>', 'the id of a preparation, or enough of its start or end to be unique')

type Hear = (request: Outcome<QueueRequest>) => void
/** Flags with those of a preset beneath them. */
export type WithPreset = <T>(flags: unknown, read: (flags: unknown) => Outcome<T>) => Outcome<T>

export function addQueue(program: Command, onRequest: Hear, cwd: string, withPreset: WithPreset): void {
  const queue = program
    .command('queue')
    .description('prepare files one after another; the queue survives a restart')
  const plain = (name: 'list' | 'run' | 'pause' | 'resume' | 'clear', description: string) => {
    queue
      .command(name)
      .description(description)
      .addHelpText('after', example(`queue ${name}`))
      .action(() => {
        onRequest(ok({ command: `queue ${name}` }))
      })
  }
  const aboutOne = (name: 'cancel' | 'retry', description: string) => {
    queue
      .command(name)
      .description(description)
      .addArgument(itemArgument())
      .addHelpText('after', example(`queue ${name} 01JD8Q`))
      .action((id: string) => {
        onRequest(ok({ command: `queue ${name}`, id }))
      })
  }
  plain('list', 'list every preparation, in order')
  addSelectors(
    addSources(
      queue
        .command('add')
        .description('add preparations to the end of the queue')
        .addOption(option('out', 'folder', 'each preparation gets its own folder here')),
    ),
  )
    .addHelpText('after', example('queue add --clip shoot --character face.jpg --out prepared'))
    .action((flags: unknown) => {
      onRequest(
        withPreset(flags, (all) => {
          const sources = readSources(all, cwd, 'queue add')
          return sources.ok ? ok({ command: 'queue add' as const, ...sources.value }) : sources
        }),
      )
    })
  plain('run', 'run the waiting preparations until none are left')
  plain('pause', 'start no further preparations')
  plain('resume', 'continue')
  addMoveFlags(
    queue.command('move').description('move a waiting preparation in the queue').addArgument(itemArgument()),
    'waiting preparations',
  )
    .addHelpText('after', example('queue move 01JD8Q --first'))
    .action((id: string, flags: MoveFlags) => {
      const to = readMove('queue move', flags)
      onRequest(to.ok ? ok({ command: 'queue move', id, to: to.value }) : to)
    })
  aboutOne('cancel', 'cancel a preparation')
  aboutOne('retry', 'retry one that failed or was cancelled, after all others')
  plain('clear', 'remove prepared, failed and cancelled entries from the list')
}
