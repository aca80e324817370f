/** Ends a switch over a closed union: a new case becomes a compile error here. */
export function unreachable(value: never): never {
  throw new Error(`Unexpected case: ${JSON.stringify(value)}`)
}
