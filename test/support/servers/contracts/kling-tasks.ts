import { fetchAsStranger, fileServer, type Fetched } from './files.ts'

export type StoredTask = {
  readonly id: string
  readonly ownId: string | null
  /** How often its status was asked for. */
  asked: number
}

/** What a provider of this kind remembers: its tasks, what it fetched, and where the results lie. */
export async function taskStore(words: readonly string[], result: Uint8Array) {
  const files = await fileServer()
  const tasks: StoredTask[] = []
  const fetched: Fetched[] = []
  let script = words
  return {
    files,
    tasks,
    fetched,
    resultUrl: files.put('result.mp4', result),
    /** The status words of the next polls; the last one stays. */
    say: (...more: readonly string[]) => {
      script = more
    },
    /** Fetches what was given as an address; false when one of them cannot be had. */
    fetchAll: async (...inputs: readonly string[]) => {
      const addresses = inputs.filter((input) => /^https?:/.test(input))
      const files = await Promise.all(addresses.map(fetchAsStranger))
      fetched.push(...files.filter((file) => file !== null))
      return files.every((file) => file !== null)
    },
    add: (ownId: string | null): StoredTask => {
      const task = { id: `8298368027934065${String(51 + tasks.length)}`, ownId, asked: 0 }
      tasks.push(task)
      return task
    },
    next: (task: StoredTask): string => {
      const word = script[Math.min(task.asked, script.length - 1)] ?? ''
      task.asked += 1
      return word
    },
  }
}
export type TaskStore = Awaited<ReturnType<typeof taskStore>>
