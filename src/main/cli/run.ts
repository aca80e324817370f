import type { ProviderView } from '../../shared/domain/views.ts'
import type { ModelRules, RuleId } from '../../shared/rules/rules.ts'
import { limitText } from '../../shared/rules/sentence.ts'
import { numericLimit } from '../../shared/rules/window.ts'
import { table, tensOf, createPrinter, type Printer } from './output.ts'
import { formatBytes, unreachable } from '../../shared/units.ts'
import { exitCodeOf, exitCodes, type ExitCode } from './exit-codes.ts'
import { exists } from './out-folder.ts'
import { durationOf } from './performed-part.ts'
import { using, type Session, type Outside } from './session.ts'
import type { CompareRequest, DoctorRequest, Invocation, Request } from './requests.ts'
import { readArguments } from './arguments.ts'
import { formatDoctor, formatNetwork } from './commands/doctor.ts'
import { runAccountsList, runAccountsTest } from './commands/accounts.ts'
import { runCheck } from './commands/check.ts'
import { runGenerate } from './commands/generate.ts'
import { runLibrary } from './commands/library.ts'
import { runMotion } from './commands/motion.ts'
import { runPrepare } from './commands/prepare.ts'
import { runPresets } from './commands/presets.ts'
import { runQueue } from './commands/queue.ts'
import { runSync } from './commands/sync.ts'
import { runTakes } from './commands/takes.ts'
import { fileExists, crashed } from './problems.ts'

function priceOf({ pricePerSecond, modes }: ModelRules): string {
  const prices = modes.map((mode) => {
    const price = pricePerSecond[mode]
    return price === null ? `${mode} unknown` : price === 0 ? `${mode} free` : `${mode} ${price}`
  })
  return prices.join(', ')
}

/** A limit that is stated as such; a sign from a sibling is none. */
function stated(model: ModelRules, rule: RuleId): string {
  const found = model.rules.find((row) => row.rule === rule && row.severity === 'error')
  return (found && limitText(found)) ?? 'not stated'
}

const secondsOf = (model: ModelRules) =>
  model.orientations
    .map((orientation) => `${orientation} ${numericLimit(model, 'clip.duration.max', orientation) ?? '?'}`)
    .join(', ')

const extras = [
  ['negativePrompt', 'negative prompt'],
  ['elements', 'element'],
  ['watermark', 'watermark'],
  ['callback', 'callback'],
  ['cancel', 'cancel'],
] as const

const extrasOf = (model: ModelRules) =>
  extras
    .filter(([flag]) => model[flag])
    .map(([, name]) => name)
    .join(', ') || '-'

/** What each model takes, can do and costs. */
function formatProviders(providers: readonly ProviderView[]): string {
  const rows = providers.flatMap(({ id, models }) =>
    models.map((model) => [
      id,
      model.model,
      secondsOf(model),
      stated(model, 'clip.bytes'),
      stated(model, 'image.bytes'),
      extrasOf(model),
      priceOf(model),
      model.priceAsOf,
    ]),
  )
  const heads = ['PROVIDER', 'MODEL', 'SECONDS', 'CLIP', 'IMAGE', 'ALSO', 'USD PER SECOND', 'AS OF']
  return table([heads, ...rows])
}

/** Writes reference and result side by side as one video. */
function runCompare(request: CompareRequest, session: Session): Promise<ExitCode> {
  const { printer, signal } = session
  const { reference, result, offset, sound, out } = request
  const onProgress = tensOf((text) => {
    if (printer.terminal) printer.line(text)
  })
  return using(session, session.openWorkshop(), async (workshop) => {
    const later = (await exists(out))
      ? fileExists(out)
      : await durationOf(workshop, reference, offset, signal)
    const job = { reference, result, sound, target: out }
    const written = later.ok
      ? await workshop.sideBySide({ ...job, offset: later.value }, { signal, onProgress })
      : later
    if (!written.ok) {
      printer.problem(written.problem)
      return exitCodeOf(written.problem)
    }
    printer.value(written.value)
    printer.line(`Wrote ${written.value.path} (${formatBytes(written.value.bytes)})`)
    return exitCodes.done
  })
}

const runProviders = (session: Session): Promise<ExitCode> =>
  using(session, session.openWorkshop(), (workshop) => {
    const providers = workshop.providers()
    session.printer.value(providers)
    session.printer.line(formatProviders(providers))
    return Promise.resolve(exitCodes.done)
  })

async function runDoctor({ network }: DoctorRequest, session: Session): Promise<ExitCode> {
  const { printer, examine } = session
  const report = await examine()
  const verdict = report.ready ? exitCodes.done : exitCodes.thisMachine
  printer.line(formatDoctor(report, printer.terminal))
  if (!network) {
    printer.value(report)
    return verdict
  }
  return using(session, session.openWorkshop(), async ({ accounts }) => {
    const reached = await accounts.examineNetwork(session.signal)
    printer.value({ ...report, network: reached })
    printer.line(formatNetwork(reached, printer.terminal))
    return reached.findings.some(({ obstacle }) => obstacle !== null) ? exitCodes.thisMachine : verdict
  })
}

function dispatch(request: Request, session: Session): Promise<ExitCode> {
  switch (request.command) {
    case 'check':
      return runCheck(request, session)
    case 'prepare':
      return runPrepare(request, session)
    case 'generate':
      return runGenerate(request, session)
    case 'compare':
      return runCompare(request, session)
    case 'motion':
      return runMotion(request, session)
    case 'sync':
      return runSync(request, session)
    case 'providers':
      return runProviders(session)
    case 'accounts list':
      return runAccountsList(session)
    case 'accounts test':
      return runAccountsTest(request, session)
    case 'presets list':
    case 'presets save':
    case 'presets remove':
      return runPresets(request, session)
    case 'queue list':
    case 'queue add':
    case 'queue run':
    case 'queue pause':
    case 'queue resume':
    case 'queue move':
    case 'queue cancel':
    case 'queue retry':
    case 'queue clear':
      return runQueue(request, session)
    case 'library move':
      return runLibrary(request, session)
    case 'doctor':
      return runDoctor(request, session)
    case 'takes list':
    case 'takes list-trash':
    case 'takes trash':
    case 'takes restore':
    case 'takes empty-trash':
    case 'takes support-pack':
    case 'takes queue list':
    case 'takes queue pause':
    case 'takes queue resume':
    case 'takes queue move':
    case 'takes queue cancel':
    case 'takes mark':
    case 'takes rename':
    case 'takes rebuild':
    case 'takes find':
    case 'takes show':
    case 'takes follow':
    case 'takes submit-again':
    case 'takes adopt':
    case 'takes give-up':
    case 'takes save-elsewhere':
    case 'takes contact-sheet':
    case 'takes export':
      return runTakes(request, session)
    default:
      return unreachable(request)
  }
}

/** What holds for the whole library is a notice and the reason of a refusal; it is said once. */
function onceEach(printer: Printer): Printer {
  const told = new Set<string>()
  return {
    ...printer,
    problem: (problem) => {
      const key = JSON.stringify(problem)
      if (told.has(key)) return
      told.add(key)
      printer.problem(problem)
    },
  }
}

function newSession({ json, home }: Invocation, outside: Outside): Session {
  const printer = onceEach(createPrinter(outside, json))
  return {
    ask: outside.ask,
    isFile: outside.isFile,
    newTakeId: outside.newTakeId,
    now: outside.now,
    signal: outside.signal,
    printer,
    openSettings: () => outside.openSettings(home),
    openWorkshop: () => outside.openWorkshop(home),
    openStudio: async () => {
      const studio = await outside.openStudio(home)
      if (studio.ok) for (const { problem } of studio.value.libraryNotices) printer.problem(problem)
      return studio
    },
    examine: () => outside.examine(home),
  }
}

/** Runs one command line and answers with the exit code. */
export async function run(argv: readonly string[], outside: Outside): Promise<ExitCode> {
  const reading = readArguments({
    argv,
    cwd: outside.cwd,
    version: outside.version,
    presets: (home) => outside.openSettings(home).read().presets,
  })
  if (reading.kind === 'text') {
    outside.stdout(reading.text)
    return exitCodes.done
  }
  if (reading.kind === 'mistake') {
    createPrinter(outside, false).problem(reading.problem)
    return exitCodeOf(reading.problem)
  }
  const session = newSession(reading.invocation, outside)
  try {
    return await dispatch(reading.invocation.request, session)
  } catch (error) {
    const { problem } = crashed(error)
    session.printer.problem(problem)
    return exitCodeOf(problem)
  }
}
