import { basename } from 'node:path'
import type { Problem } from '../../../shared/outcome.ts'
import { formatBytes, formatSeconds } from '../../../shared/units.ts'
import type { Made } from '../../prepare/queue/report.ts'
import type { Pair } from './batch-files.ts'
import { exitCodeOf, exitCodes, type ExitCode } from '../exit-codes.ts'
import { planForPrograms } from './format-check.ts'
import type { Skipped } from './gather.ts'
import { firstSentence, remedies } from '../remedies.ts'
import { table } from '../table.ts'

/** `kept`: an earlier run of the same command has made it, and its files are the certified ones still. */
export type BatchItem = { readonly source: Pair } & (
  | { readonly state: 'prepared' | 'kept'; readonly made: Made }
  | { readonly state: 'failed' | 'left'; readonly problem: Problem }
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

const pathsOf = ({ character, clip }: Pair) => [character, clip].filter((path) => path !== null)

/** The name alone where no other file of the list has it. */
function shortNames(paths: readonly string[]): (path: string) => string {
  const bearers = new Map<string, Set<string>>()
  for (const path of paths) bearers.set(basename(path), (bearers.get(basename(path)) ?? new Set()).add(path))
  return (path) => (bearers.get(basename(path))?.size === 1 ? basename(path) : path)
}

export function formatBatch(
  items: readonly BatchItem[],
  skipped: readonly Skipped[],
  named: (path: string) => string,
): string {
  const paths = [...items.flatMap(({ source }) => pathsOf(source)), ...skipped.map(({ path }) => path)]
  const short = shortNames(paths)
  const sourceOfItem = ({ source }: BatchItem) => pathsOf(source).map(short).join(' + ')
  const rows = items.map((item) =>
    'made' in item
      ? [item.state, sourceOfItem(item), sizesOf(item.made), named(item.made.folder)]
      : [item.state, sourceOfItem(item), '-', firstSentence(item.problem)],
  )
  const others = skipped.map(({ path, reason }) => ['skipped', short(path), '-', reason])
  const list = table([['STATE', 'SOURCE', 'PREPARED', 'FOLDER OR REASON'], ...rows, ...others])
  const advice = remedies(
    items.flatMap((item) => ('problem' in item ? [{ name: sourceOfItem(item), problem: item.problem }] : [])),
  )
  return advice.length === 0 ? list : [list, '', ...advice].join('\n')
}

/** The gravest first: this machine, a refused input, a choice that is open, a wrong command. */
const gravest = [exitCodes.thisMachine, exitCodes.inputRefused, exitCodes.userMustChoose, exitCodes.usage]

/** 0 where everything is there; what was skipped does not count. */
export function exitCodeOfBatch(items: readonly BatchItem[]): ExitCode {
  const codes = items.flatMap((item) => ('problem' in item ? [exitCodeOf(item.problem)] : []))
  if (codes.includes(exitCodes.cancelled)) return exitCodes.cancelled
  return gravest.find((code) => codes.includes(code)) ?? codes[0] ?? exitCodes.done
}
