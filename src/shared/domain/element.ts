/** A character of the provider's element library. Its id is 64 bits wide and therefore text. */
export type Element = {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly own: boolean
  /** Still being made by the provider; it cannot be chosen yet. */
  readonly pending: boolean
  /** The provider's picture of it, as an address in the core and as a media URL in the interface. */
  readonly picture: string | null
}

export type ElementPage = { readonly elements: readonly Element[]; readonly more: boolean }
