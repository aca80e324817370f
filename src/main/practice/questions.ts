import { resultPath, type TaskRecord } from './record.ts'
import { accepted, refusal, type OrRefusal } from './refusals.ts'

export type Page = { readonly number: number; readonly size: number }

/** The documented ranges and defaults of the list. */
const ranges = {
  pageNum: { min: 1, max: 1000, otherwise: 1 },
  pageSize: { min: 1, max: 500, otherwise: 30 },
}

export function readPage(query: URLSearchParams): OrRefusal<Page> {
  const stranger = [...query.keys()].find((name) => !Object.hasOwn(ranges, name))
  if (stranger !== undefined) return refusal(1201, `${stranger}: unknown field`)
  const number = readNumber(query, 'pageNum')
  const size = readNumber(query, 'pageSize')
  if (number.refused) return number
  return size.refused ? size : accepted({ number: number.value, size: size.value })
}

function readNumber(query: URLSearchParams, name: keyof typeof ranges): OrRefusal<number> {
  const { min, max, otherwise } = ranges[name]
  const text = query.get(name)
  if (text === null) return accepted(otherwise)
  const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN
  const inside = value >= min && value <= max
  return inside
    ? accepted(value)
    : refusal(1201, `${name}: must be between ${String(min)} and ${String(max)}`)
}

/** Newest first. `tasks` come oldest first. */
export const listTasks = (tasks: readonly TaskRecord[], { number, size }: Page) =>
  tasks.toReversed().slice((number - 1) * size, number * size)

/** By the service's own id or, as documented, by the client's. */
export const findTask = (tasks: readonly TaskRecord[], id: string) =>
  tasks.find((task) => task.id === id) ?? tasks.find((task) => task.ownId === id)

export const findByResultPath = (tasks: readonly TaskRecord[], path: string) =>
  tasks.find((task) => task.status === 'succeed' && resultPath(task) === path)
