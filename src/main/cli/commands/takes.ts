import { noneMatches, noneReadable, noTakes, resultGone, takesLost } from '../problems.ts'
import { ok, type Outcome } from '../../../shared/outcome.ts'
import type { Take } from '../../../shared/domain/take.ts'
import { formatBytes, unreachable } from '../../../shared/units.ts'
import type { Takes } from '../../takes/types.ts'
import type { Studio } from '../../core/studio.ts'
import { isToBeSent } from '../../takes/attempt.ts'
import { exitCodeOf, exitCodes, type ExitCode, inCommands } from '../exit-codes.ts'
import { findTake } from '../follow.ts'
import { formatTake, formatTakes, takeForList, takeForShow } from './takes-format.ts'
import { runContactSheet } from './contact-sheet.ts'
import { runMark } from './takes-marks.ts'
import { runTakesQueue } from './takes-queue.ts'
import { listTrash, runTrash } from './takes-trash.ts'
import { using, type Session } from '../session.ts'
import type { Printer } from '../output.ts'
import type { TakesRequest } from '../requests.ts'
import { runFind } from './find.ts'
import { runAdopt, runFollow, runSaveElsewhere, runSubmitAgain } from './follow.ts'

type Marked = Pick<Studio, 'takes' | 'catalogue'>

function resultPathOf(takes: Takes, take: Take): string | null {
  if (take.state !== 'DONE') return null
  const path = takes.resultPath(take.id)
  return path.ok ? path.value : null
}

/** Take ids begin with the time, so their order is that of creation. */
const newestFirst = (one: Take, other: Take) => (one.id < other.id ? 1 : -1)

function list(
  { takes, catalogue }: Marked,
  filter: string | null,
  { printer, isFile }: Session,
  isDamaged: boolean,
): Outcome<ExitCode> {
  const found = filter === null ? null : catalogue.search({ filter, group: null, order: 'newest' })
  if (found?.ok === false) return found
  const wanted = found && new Set(found.value.cards.map(({ id }) => id))
  const all = takes
    .list()
    .filter(({ id }) => wanted === null || wanted.has(id))
    .toSorted(newestFirst)
  const marksOf = catalogue.marksOf(filter === null ? null : all.map(({ id }) => id))
  const troubleAt = (take: Take, path: string | null) =>
    path === null || isFile(path) ? null : resultGone(take).problem
  if (printer.json) {
    printer.value(
      all.map((take) => {
        const path = resultPathOf(takes, take)
        return takeForList(take, path, troubleAt(take, path), marksOf.get(take.id))
      }),
    )
  } else {
    const troubleOf = (take: Take) => troubleAt(take, resultPathOf(takes, take))
    const none = isDamaged ? noneReadable : filter === null ? noTakes : noneMatches
    printer.line(formatTakes(all, { troubleOf, marksOf, none }))
  }
  return ok(exitCodes.done)
}

async function rebuild({ takes, catalogue }: Marked, printer: Printer): Promise<Outcome<ExitCode>> {
  const rebuilt = await takes.rebuild()
  if (!rebuilt.ok) return rebuilt
  const { takes: back, lost } = rebuilt.value
  const marksOf = catalogue.marksOf(back.map(({ id }) => id))
  printer.value({
    takes: back.map((take) => takeForList(take, resultPathOf(takes, take), null, marksOf.get(take.id))),
    lost,
  })
  printer.line(
    back.length === 0 ? 'There were no missing takes to bring back.' : formatTakes(back, { marksOf }),
  )
  return lost.length === 0 ? ok(exitCodes.done) : takesLost(lost)
}

async function show({ takes, catalogue }: Marked, take: Take, { printer, now }: Session): Promise<ExitCode> {
  const path = resultPathOf(takes, take)
  const whole = take.state === 'DONE' ? await takes.wholeResult(take.id) : ok('')
  const trouble = whole.ok ? null : whole.problem
  const marked = take.watermarked === null ? null : await takes.wholeMarked(take.id)
  const parent = takes.list().find(({ id }) => id === take.partOf)
  const marks = catalogue.marksOf([take.id]).get(take.id)
  printer.value(takeForShow(take, { path, trouble, marked, marks }))
  printer.line(formatTake(take, { path, trouble, marked, parent, marks, now: now() }))
  return exitCodes.done
}

type ExportRequest = Extract<TakesRequest, { readonly command: 'takes export' }>

async function exportTo(
  takes: Takes,
  id: string,
  { out, watermarked }: ExportRequest,
  printer: Printer,
): Promise<Outcome<ExitCode>> {
  const written = await takes.exportResult(id, out, watermarked ? 'marked' : 'result')
  if (!written.ok) return { ok: false, problem: inCommands(written.problem, { id }) }
  printer.value(written.value)
  printer.line(`Wrote ${written.value.path} (${formatBytes(written.value.bytes)})`)
  return ok(exitCodes.done)
}

/** What is not sent yet is withdrawn first: it can't be given up half-way. */
async function giveUp(takes: Takes, take: Take): Promise<Outcome<Take>> {
  const back = isToBeSent(take) ? await takes.takeBack(take.id) : ok(take)
  return back.ok ? takes.giveUp(take.id) : back
}

type OneTake = 'takes show' | 'takes give-up' | 'takes export'

/** The commands that only look at, copy or let go of one take. */
async function answer(
  studio: Marked,
  request: Extract<TakesRequest, { readonly command: OneTake }>,
  session: Session,
): Promise<Outcome<ExitCode>> {
  const { takes } = studio
  const found = findTake(takes.list(), request.id)
  if (!found.ok) return found
  const { id } = found.value
  if (request.command === 'takes show') return ok(await show(studio, found.value, session))
  if (request.command === 'takes export') return exportTo(takes, id, request, session.printer)
  const changed = await giveUp(takes, found.value)
  return changed.ok ? ok(await show(studio, changed.value, session)) : changed
}

function dispatch(
  studio: Marked & Pick<Studio, 'accounts'>,
  request: TakesRequest,
  session: Session,
  isDamaged: boolean,
): Promise<Outcome<ExitCode>> {
  const { takes } = studio
  switch (request.command) {
    case 'takes list':
      return Promise.resolve(list(studio, request.filter, session, isDamaged))
    case 'takes list-trash':
      return Promise.resolve(ok(listTrash(studio, session)))
    case 'takes trash':
    case 'takes restore':
    case 'takes empty-trash':
    case 'takes support-pack':
      return runTrash(studio, request, session)
    case 'takes queue list':
    case 'takes queue pause':
    case 'takes queue resume':
    case 'takes queue move':
    case 'takes queue cancel':
      return runTakesQueue(studio, request, session)
    case 'takes mark':
      return runMark(studio, request.ids, request.change, session.printer)
    case 'takes rename':
      return runMark(studio, [request.id], { name: request.name }, session.printer)
    case 'takes rebuild':
      return rebuild(studio, session.printer)
    case 'takes find':
      return runFind(studio, request, session)
    case 'takes follow':
      return runFollow(takes, request.id, session)
    case 'takes submit-again':
      return runSubmitAgain(takes, request, session)
    case 'takes adopt':
      return runAdopt(takes, request, session)
    case 'takes save-elsewhere':
      return runSaveElsewhere(takes, request, session)
    case 'takes contact-sheet':
      return runContactSheet(takes, request, session.printer)
    case 'takes show':
    case 'takes give-up':
    case 'takes export':
      return answer(studio, request, session)
    default:
      return unreachable(request)
  }
}

/** Looks after the takes of the library. */
export function runTakes(request: TakesRequest, session: Session): Promise<ExitCode> {
  return using(session, session.openStudio(), async (studio) => {
    const { libraryNotices } = studio
    const newer = libraryNotices.find(({ problem }) => problem.code === 'library-newer')
    // Nothing of it moves here, so following would never end; the notice has said why.
    if (newer && request.command === 'takes follow') return exitCodeOf(newer.problem)
    const isDamaged = libraryNotices.some(({ problem }) => problem.code === 'library-damaged')
    const answered = await dispatch(studio, request, session, isDamaged)
    if (answered.ok) return answered.value
    session.printer.problem(answered.problem)
    return exitCodeOf(answered.problem)
  })
}
