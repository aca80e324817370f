/** As many takes fit on a contact sheet. */
export const mostOnSheet = 200

/** A take on the sheet. */
export type SheetCell = {
  readonly picture: Uint8Array | null
  readonly number: number
  readonly name: string
  readonly stars: number
  readonly madeWith: string
}
