import type { Obstacle } from '../../shared/domain/network.ts'

type About = {
  readonly obstacle: Obstacle
  /** Nothing answered there at all: another way may do. */
  readonly silent?: boolean
}

/** No connection was made, so nothing of a request left this computer. Message and advice are whole sentences. */
export class Unreached extends Error {
  override readonly name = 'Unreached'
  readonly obstacle: Obstacle
  readonly advice: string
  readonly silent: boolean

  constructor({ obstacle, silent = false }: About, message: string, advice: string) {
    super(message)
    this.obstacle = obstacle
    this.silent = silent
    this.advice = advice
  }
}

export const cancelledConnection = () => new Unreached({ obstacle: 'connection' }, 'cancelled', '')

/** The words of an error: what happened and, where a connection failed, what to do. */
export function wordsOf(error: unknown): string {
  if (error instanceof Unreached) return `${error.message} ${error.advice}`.trim()
  return error instanceof Error ? error.message || error.name : String(error)
}
