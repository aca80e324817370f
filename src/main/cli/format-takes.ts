import { formatEstimate } from '../../shared/money.ts'
import type { Take } from '../../shared/take.ts'
import { formatBytes, formatSeconds } from '../../shared/units.ts'
import { table } from './table.ts'
import { stateSentence } from './take-lines.ts'

const resultOf = ({ result }: Take, path: string | null) =>
  result !== null &&
  path !== null && {
    result: { path, bytes: result.bytes, sha256: result.sha256, duration: result.duration },
  }

/** A take as `done` tells it; `path` is where its result lies. */
export const takeForDone = (take: Take, path: string | null) => ({
  id: take.id,
  state: take.state,
  ...(take.taskId !== null && { taskId: take.taskId }),
  ...resultOf(take, path),
  ...(take.cost !== null && { cost: take.cost }),
  ...(take.problem !== null && { problem: take.problem }),
})

/** A take as `takes list` tells it. */
export const takeForList = (take: Take, path: string | null) => ({
  id: take.id,
  state: take.state,
  provider: take.settings.provider,
  model: take.settings.model,
  ...(take.taskId !== null && { taskId: take.taskId }),
  createdAt: take.createdAt,
  ...resultOf(take, path),
  ...(take.problem !== null && { problem: take.problem }),
})

/** A take as `takes show` tells it: the entry of the list and all that is known besides. */
export const takeForShow = (take: Take, path: string | null) => ({
  ...takeForList(take, path),
  attempt: take.attempt,
  since: take.since,
  settings: take.settings,
  characterName: take.characterName,
  clipName: take.clipName,
  estimate: take.estimate,
  ...(take.preparedClip !== null && { preparedClip: take.preparedClip }),
  ...(take.preparedCharacter !== null && { preparedCharacter: take.preparedCharacter }),
  ...(take.cost !== null && { cost: take.cost }),
})

/** ISO time to the minute, still in UTC. */
const minute = (time: string) => time.slice(0, 16).replace('T', ' ')

export function formatTakes(takes: readonly Take[]): string {
  if (takes.length === 0) return 'There are no takes yet.'
  const rows = takes.map((take) => [
    take.id,
    take.state,
    take.settings.provider,
    take.settings.model,
    minute(take.createdAt),
    take.characterName,
    take.clipName,
  ])
  return table([['TAKE', 'STATE', 'PROVIDER', 'MODEL', 'CREATED (UTC)', 'CHARACTER', 'CLIP'], ...rows])
}

export function formatTake(take: Take, path: string | null): string {
  const { settings, result, problem, cost } = take
  const rows: [string, string][] = [
    ['Take', take.id],
    ['State', `${take.state}: ${stateSentence(take)}`],
    ['Since', take.since],
    ['Created', take.createdAt],
    ['Attempt', String(take.attempt)],
    ['Provider', `${settings.provider} ${settings.model}, ${settings.orientation}, ${settings.mode}`],
    ['Character', take.characterName],
    ['Clip', take.clipName],
    ['Estimate', formatEstimate(take.estimate)],
  ]
  if (settings.prompt !== '') rows.push(['Prompt', settings.prompt])
  if (take.taskId !== null) rows.push(['Task', take.taskId])
  if (cost) rows.push(['Cost', `${cost.units} ${cost.unitName}`])
  if (result && path !== null)
    rows.push(['Result', path], ['', `${formatSeconds(result.duration)}, ${formatBytes(result.bytes)}`])
  if (take.resultUntil !== null && take.state !== 'DONE') rows.push(['Kept until', take.resultUntil])
  if (problem) rows.push(['Problem', problem.message])
  if (problem?.advice !== undefined) rows.push(['', problem.advice])
  return table(rows)
}
