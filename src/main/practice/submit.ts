import { randomBytes, randomInt } from 'node:crypto'
import { rm } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import type { Milliseconds } from '../../shared/units.ts'
import { readBody, type Body } from './body.ts'
import type { ClipFacts } from './examine.ts'
import { collectInputs, type InputMeans } from './inputs.ts'
import { isOpen, type TaskRecord, type Store } from './store.ts'
import { accepted, refusal, type OrRefusal, type Refusal } from './refusals.ts'
import { readSubmission, type Submission } from './submission.ts'

type Means = InputMeans & { readonly store: Store; readonly parallel: number }

const longTextFile = 'long-text'

/** Accepts submits: a task is on the disk with everything it needs before the client gets an answer. */
export function createIntake(means: Means) {
  const { store, clock, parallel, signal } = means
  /** Submits whose files are still being fetched. They count, or two could take the same free slot. */
  const arriving = new Set<{ readonly ownId: string | null }>()
  let sequence = Math.max(0, ...store.all().map((record) => record.sequence))

  function whyNot({ ownId }: Submission): Refusal | null {
    const known = [...arriving, ...store.all()].some((task) => ownId !== null && task.ownId === ownId)
    if (known) return refusal(1201, `external_task_id: ${ownId ?? ''} is already used by another task`)
    return arriving.size + store.all().filter(isOpen).length >= parallel ? refusal(1303) : null
  }

  async function takeIn(submission: Submission, body: Body, folder: string): Promise<OrRefusal<TaskRecord>> {
    const reason = whyNot(submission)
    if (reason) return reason
    const ticket = { ownId: submission.ownId }
    arriving.add(ticket)
    try {
      const clip = await collectInputs(submission, body, folder, means)
      if (clip.refused) return clip
      await rm(join(folder, longTextFile), { force: true })
      signal.throwIfAborted()
      sequence += 1
      const record = newRecord(submission, clip.value, sequence, clock.now())
      await store.commit(folder, record)
      return accepted(record)
    } finally {
      arriving.delete(ticket)
    }
  }

  return async (request: IncomingMessage): Promise<OrRefusal<TaskRecord>> => {
    const folder = await store.incoming(randomBytes(8).toString('hex'))
    try {
      const body = await readBody(request, join(folder, longTextFile))
      if (body.refused) return body
      const submission = readSubmission(body.value.json, body.value.mark)
      return submission.refused ? submission : await takeIn(submission.value, body.value, folder)
    } finally {
      // A committed folder has been moved away, so nothing is left to delete.
      await store.discard(folder)
    }
  }
}

function newRecord(submission: Submission, clip: ClipFacts, sequence: number, now: Milliseconds): TaskRecord {
  const { model, orientation, mode, prompt, keepSound, watermark, callbackUrl, ownId } = submission
  return {
    version: 1,
    // More digits than a double can hold, as in the real service: reading the id as a number loses the task.
    id: `${String(Math.trunc(now))}${String(randomInt(100_000, 1_000_000))}`,
    sequence,
    ownId,
    status: 'submitted',
    statusMessage: null,
    createdAt: now,
    updatedAt: now,
    request: { model, orientation, mode, prompt, keepSound, watermark, callbackUrl },
    clip,
    resultToken: randomBytes(16).toString('hex'),
    resultDuration: null,
  }
}
