import type { Problem } from '../../shared/outcome.ts'
import { formatBytes, formatSeconds } from '../../shared/units.ts'
import type { Made } from '../queue/report.ts'
import type { Pair } from './batch-sources.ts'
import { exitCodeOf, exitCodes, type ExitCode } from './exit-codes.ts'
import { planForPrograms } from './format-check.ts'
import type { Skipped } from './gather.ts'
import { table } from './table.ts'

/** `ready`: an earlier run of the same command has made it, and its files are the certified ones still. */
export type BatchItem = { readonly source: Pair } & (
  | { readonly state: 'prepared' | 'ready'; readonly made: Made }
  | { readonly state: 'refused' | 'left'; readonly problem: Problem }
)

const sourceOf = ({ character, clip }: Pair) => ({
  ...(character !== null && { character }),
  ...(clip !== null && { clip }),
})

function itemForPrograms(item: BatchItem) {
  const { state } = item
  const source = sourceOf(item.source)
  if (!('made' in item)) return { state, source, problem: item.problem }
  const { folder, clip, character, plan, certificate } = item.made
  return {
    state,
    source,
    folder,
    ...(clip && { clip }),
    ...(character && { character }),
    plan: planForPrograms(plan),
    certificate,
  }
}

/** The report of a batch: what `--json` prints and what is kept beside the folders. */
export const batchForPrograms = (items: readonly BatchItem[], skipped: readonly Skipped[]) => ({
  items: items.map(itemForPrograms),
  skipped,
})

function sizesOf({ clip, character }: Made): string {
  const sizes = [character, clip].flatMap((file) => {
    if (!file) return []
    const length = 'duration' in file ? `, ${formatSeconds(file.duration)}` : ''
    return [`${String(file.width)} × ${String(file.height)} px, ${formatBytes(file.bytes)}${length}`]
  })
  return sizes.join(' and ')
}

const shownSource = (named: (path: string) => string, { character, clip }: Pair) =>
  [character, clip].flatMap((path) => (path === null ? [] : [named(path)])).join(' + ')

export function formatBatch(
  items: readonly BatchItem[],
  skipped: readonly Skipped[],
  named: (path: string) => string,
): string {
  const rows = items.map((item) =>
    'made' in item
      ? [item.state, shownSource(named, item.source), sizesOf(item.made), named(item.made.folder)]
      : [
          item.state,
          shownSource(named, item.source),
          '-',
          [item.problem.message, item.problem.advice].filter(Boolean).join(' '),
        ],
  )
  const others = skipped.map(({ path, reason }) => ['skipped', named(path), '-', reason])
  return table([['STATE', 'SOURCE', 'PREPARED', 'FOLDER OR REASON'], ...rows, ...others])
}

/** The gravest first: this machine, a refused input, a choice that is open, a wrong command. */
const gravest = [exitCodes.thisMachine, exitCodes.inputRefused, exitCodes.userMustChoose, exitCodes.usage]

/** 0 where everything is there; what was skipped does not count. */
export function exitCodeOfBatch(items: readonly BatchItem[]): ExitCode {
  const codes = items.flatMap((item) => ('problem' in item ? [exitCodeOf(item.problem)] : []))
  if (codes.includes(exitCodes.cancelled)) return exitCodes.cancelled
  return gravest.find((code) => codes.includes(code)) ?? codes[0] ?? exitCodes.done
}
