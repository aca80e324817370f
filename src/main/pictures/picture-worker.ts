import { registerHooks } from 'node:module'
import { parentPort, workerData } from 'node:worker_threads'
import type { Bytes, Milliseconds } from '../../shared/units.ts'
import { systemClock } from '../system/clock.ts'
import type { WorkAnswer, WorkName, WorkOrder } from './picture-work.ts'

/** What a thread is started with. */
export type PictureThreadTask = {
  /** Bytes that the library may use for pictures. */
  readonly memory: Bytes
  /** How long it waits for work before it says that there is none. */
  readonly idle: Milliseconds
}
export type PictureQuestion = { readonly name: WorkName; readonly order: WorkOrder<WorkName> }
export type PictureReply =
  | { readonly kind: 'step' }
  | { readonly kind: 'idle' }
  | { readonly kind: 'done'; readonly answer: WorkAnswer<WorkName> }
  | { readonly kind: 'failed'; readonly message: string; readonly code: string | undefined }

const page = 65_536
/** Each of the library's native builds is a package by the name of its platform. */
const nativeBuild = /^@img\/sharp-(?!wasm32\/)/

/** Where no native build is found, the library falls back to its build for WebAssembly. */
function refuseNativeBuilds(): void {
  registerHooks({
    resolve: (specifier, context, next) => {
      if (!nativeBuild.test(specifier)) return next(specifier, context)
      throw Object.assign(new Error(`${specifier} can’t be loaded here.`), { code: 'MODULE_NOT_FOUND' })
    },
  })
}

type MemoryShape = { readonly initial: number; readonly maximum: number; readonly shared: boolean }
type Engine = { Memory: new (shape: MemoryShape) => object }

/** The library makes its memory once, and all of its own threads share it. */
function limitMemory(most: Bytes): void {
  const { WebAssembly: engine } = globalThis as unknown as { WebAssembly: Engine }
  engine.Memory = class extends engine.Memory {
    constructor(shape: MemoryShape) {
      super({ ...shape, maximum: Math.min(shape.maximum, Math.floor(most / page)) })
    }
  }
}

const reply = (words: PictureReply) => {
  parentPort?.postMessage(words)
}

async function answer({ name, order }: PictureQuestion): Promise<void> {
  try {
    const { work } = await import('./picture-work.ts')
    const done = await work(name, order, () => {
      reply({ kind: 'step' })
    })
    reply({ kind: 'done', answer: done })
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException
    reply({ kind: 'failed', message, code: typeof code === 'string' ? code : undefined })
  }
}

const { memory, idle } = workerData as PictureThreadTask
refuseNativeBuilds()
limitMemory(memory)
let waiting = new AbortController()
parentPort?.on('message', (question: PictureQuestion) => {
  waiting.abort()
  waiting = new AbortController()
  const { signal } = waiting
  void answer(question)
    .then(() => systemClock.sleep(idle, signal))
    .then(() => {
      if (!signal.aborted) reply({ kind: 'idle' })
    })
})
