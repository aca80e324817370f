import { createHash } from 'node:crypto'

/** What lets a browser in once. An address that was used is worth nothing, in a history as well as in a log. */
export type Tickets = {
  /** A new ticket; `onSpent` is called when it has been used. */
  readonly issue: (onSpent?: () => void) => string
  /** Whether it could still be used. */
  readonly isGood: (ticket: string) => boolean
  /** Lets in, and never again with this ticket. */
  readonly spend: (ticket: string) => boolean
}

/** Tickets are found by their hash, so that the time of a look-up tells nothing about them. */
const hashOf = (ticket: string) => createHash('sha256').update(ticket).digest('base64url')

export function createTickets(secret: () => string): Tickets {
  const open = new Map<string, () => void>()
  return {
    issue: (onSpent = () => undefined) => {
      const ticket = secret()
      open.set(hashOf(ticket), onSpent)
      return ticket
    },
    isGood: (ticket) => open.has(hashOf(ticket)),
    spend: (ticket) => {
      const hash = hashOf(ticket)
      const onSpent = open.get(hash)
      open.delete(hash)
      onSpent?.()
      return onSpent !== undefined
    },
  }
}
