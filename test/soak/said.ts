/** What a life is started with; without ids it only looks, tidies up and ends. */
export type Job = {
  readonly home: string
  readonly origin: string
  readonly ids: readonly string[]
  readonly atOnce: number
  /** When this soak began, in real milliseconds, and how many times faster its clock runs. */
  readonly since: number
  readonly speed: number
  readonly settle: number
  /** Real milliseconds. */
  readonly patience: number
}

/** A take with the newest attempt as the journal has it. */
export type Shown = {
  readonly id: string
  readonly state: string
  readonly number: number
  readonly ownId: string
  readonly taskId: string | null
  readonly why: string | null
}

export type Said =
  | { readonly kind: 'open'; readonly takes: readonly Shown[] }
  | { readonly kind: 'take'; readonly take: Shown }
  | { readonly kind: 'refused'; readonly id: string; readonly why: string }
  | {
      readonly kind: 'end'
      readonly takes: readonly Shown[]
      /** Files that may still be out on the web. */
      readonly uploads: number
      /** Which attempts of which takes the ledger knows. */
      readonly spent: readonly string[]
    }

/** What the user wants of a take that asks. */
export type Asked = {
  readonly id: string
  readonly number: number
  readonly wish: 'submit-again' | 'adopt' | 'check-again'
  readonly taskId: string
}

export type PaidTask = { readonly own: string; readonly id: string }
