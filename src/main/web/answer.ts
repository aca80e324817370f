import { z } from 'zod'
import type { Dispatch } from '../api/dispatch.ts'

const question = z.strictObject({
  id: z.string().min(1).max(64),
  name: z.string().max(80),
  args: z.unknown(),
  callId: z.string().max(40).optional(),
})

function readQuestion(text: string): z.infer<typeof question> | null {
  try {
    return question.parse(JSON.parse(text))
  } catch {
    return null
  }
}

/** The text of an answer to the text of a question; null when that is no question at all. */
export type Answer = (text: string) => Promise<string | null>

export const createAnswer =
  (dispatch: Pick<Dispatch, 'ask'>): Answer =>
  async (text) => {
    const asked = readQuestion(text)
    if (asked === null) return null
    const { id, name, args, callId } = asked
    return JSON.stringify({ id, answer: await dispatch.ask(name, args, callId) })
  }
