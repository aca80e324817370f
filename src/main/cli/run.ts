import { fail } from '../../shared/outcome.ts'
import { unreachable } from '../../shared/unreachable.ts'
import { readArguments } from './arguments.ts'
import { exitCodeOf, exitCodes, type ExitCode } from './exit-codes.ts'
import { formatDoctor, formatNetwork } from './commands/format-doctor.ts'
import { formatProviders } from './format-providers.ts'
import { using, type Outside, type Session } from './session.ts'
import { createPrinter, type Printer } from './output.ts'
import type { DoctorRequest, Invocation, Request } from './requests.ts'
import { runAccountsList, runAccountsTest } from './commands/accounts.ts'
import { runCheck } from './commands/check.ts'
import { runCompare } from './run-compare.ts'
import { runGenerate } from './commands/generate.ts'
import { runPrepare } from './commands/prepare.ts'
import { runPresets } from './commands/presets.ts'
import { runQueue } from './commands/queue.ts'
import { runTakes } from './commands/takes.ts'

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
    case 'doctor':
      return runDoctor(request, session)
    case 'takes list':
    case 'takes rebuild':
    case 'takes find':
    case 'takes show':
    case 'takes follow':
    case 'takes submit-again':
    case 'takes adopt':
    case 'takes give-up':
    case 'takes save-elsewhere':
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
    const { problem } = fail('internal', 'Something went wrong inside Understudy.', {
      advice: 'Try again. A take that was submitted goes on at the next start: understudy takes follow --all',
      detail: error instanceof Error ? (error.stack ?? error.message) : String(error),
    })
    session.printer.problem(problem)
    return exitCodeOf(problem)
  }
}
