import { findModel } from '../../../shared/rules/models.ts'
import { ok, type Outcome, type Problem } from '../../../shared/outcome.ts'
import type { Milliseconds } from '../../../shared/units.ts'
import { contentType } from '../../files/sniff.ts'
import type { ClipHost } from '../../hosting/hosts.ts'
import { checkPublic } from '../../hosting/public-check.ts'
import { certificateProblem } from '../submit/certified.ts'
import type { TakeEvent } from '../take-event.ts'
import type { Upload } from '../journal/tables.ts'
import { holdFor, type StepContext, type Step } from './step.ts'

const typeOf = (path: string) => contentType(path, new Uint8Array())

/** A link that expires sooner is not sent: the task may wait longer in the provider’s queue. */
const minLinkLife: Milliseconds = 2 * 60 * 60_000

type Role = Upload['role']
type Sent = { readonly path: string; readonly bytes: number }
type Placed = { readonly url: string; readonly until: Milliseconds | null }

export const livesLongEnough = (until: Milliseconds | null, now: Milliseconds) =>
  until === null || until - now >= minLinkLife

/** Resumes the upload of this attempt, or starts one under a name that is saved first. */
function uploadFor({ parts, record }: StepContext, host: ClipHost, role: Role, extension: string): Upload {
  const { attempt } = record
  const begun = parts.journal
    .uploads(attempt.take)
    .find(
      (row) =>
        row.attempt === attempt.number &&
        row.role === role &&
        row.host === host.id &&
        (row.state === 'open' || row.state === 'up'),
    )
  if (begun) return begun
  const upload: Upload = {
    name: `${parts.randomName()}.${extension}`,
    take: attempt.take,
    attempt: attempt.number,
    host: host.id,
    role,
    state: 'open',
    url: null,
    until: null,
    note: null,
  }
  parts.journal.saveUpload(upload)
  return upload
}

async function place(context: StepContext, host: ClipHost, role: Role, file: Sent): Promise<Outcome<Placed>> {
  const { parts, signal, onProgress } = context
  const extension = file.path.slice(file.path.lastIndexOf('.') + 1)
  let upload = uploadFor(context, host, role, extension)
  const keep = (change: Partial<Upload>) => {
    upload = { ...upload, ...change }
    parts.journal.saveUpload(upload)
  }
  const { url, until, state } = upload
  if (state === 'up' && url !== null && host.isLive(url) && livesLongEnough(until, parts.clock.now()))
    return ok({ url, until })
  const put = await host.put(
    { ...file, name: upload.name, contentType: typeOf(file.path) },
    {
      read: () => upload.note,
      write: (note) => {
        keep({ note })
      },
    },
    { signal, onProgress },
  )
  if (put.ok) keep({ state: 'up', ...put.value })
  return put
}

/** Links to the files: the user’s own, or those of a host. */
async function placeBoth(
  context: StepContext,
  host: ClipHost | null,
): Promise<Outcome<readonly (Placed | null)[]>> {
  const { order, attempt } = context.record
  const { preparedClip, preparedCharacter } = attempt
  if (!preparedClip || !preparedCharacter) throw new Error('an upload needs both prepared files')
  const inline = findModel(order.settings.provider, order.settings.model)?.characterBy === 'inline'
  const own = (url: string | null) => ok(url === null ? null : { url, until: null })
  const clip = host ? await place(context, host, 'clip', preparedClip) : own(order.clipUrl)
  if (!clip.ok) return clip
  const byHost = host && !inline ? await place(context, host, 'character', preparedCharacter) : null
  const character = byHost ?? own(inline ? null : order.characterUrl)
  return character.ok ? ok([clip.value, character.value]) : character
}

/** Anyone without a key must get exactly these bytes, or the take would be paid for in vain. */
async function checkBoth(
  { parts, record, signal }: StepContext,
  [clip, character]: readonly (Placed | null)[],
  about: { readonly loopback: boolean; readonly ownStorage: boolean },
): Promise<Outcome<null>> {
  const { preparedClip, preparedCharacter } = record.attempt
  const files = [
    [clip, preparedClip],
    [character, preparedCharacter],
  ] as const
  for (const [placed, file] of files) {
    if (!placed || !file) continue
    const seen = await checkPublic(
      {
        ...about,
        network: parts.network,
        url: placed.url,
        file,
        contentType: typeOf(file.path),
        pace: parts.pace,
      },
      signal,
    )
    if (!seen.ok) return seen
  }
  return ok(null)
}

const longerEachTime = ({ parts, record }: StepContext): Milliseconds =>
  Math.max(15_000, parts.accountSlots.unreached(record.order))

/** Problems that pass with time are retried. The others need the user. */
const afterProblem = (context: StepContext, problem: Problem): TakeEvent =>
  problem.code === 'provider-silent'
    ? { type: 'held', problem, until: context.parts.clock.now() + longerEachTime(context) }
    : { type: 'unsendable', problem }

const unsigned = (url: string) => url.replace(/[?#].*$/s, '')

/**
 * A signed link contains the id of a key and opens the file. The attempt keeps it while needed; the journal’s
 * events don’t.
 */
function uploaded(clipUrl: string, characterUrl: string | null, until: Milliseconds | null): TakeEvent {
  const event = { type: 'uploaded', clipUrl, characterUrl, until } as const
  const redacted = {
    ...event,
    clipUrl: unsigned(clipUrl),
    characterUrl: characterUrl && unsigned(characterUrl),
  }
  return Object.defineProperty(event, 'toJSON', { value: () => redacted })
}

/** Uploads the prepared files. Their names are random and say nothing about the user. */
export const uploadStep: Step = async (context) => {
  const { parts, record, signal } = context
  const { order } = record
  // The signal may fire during any wait.
  const stopped = () => signal.aborted
  if (record.attempt.state === 'PREPARED') return { type: 'upload-started' }
  const uncertified = await certificateProblem(record)
  if (uncertified) return { type: 'unsendable', problem: uncertified }
  const provider = await parts.providerOf(order)
  if (!provider.ok) return { type: 'held', problem: provider.problem, until: holdFor(parts, 60) }
  const host = order.clipUrl === null ? await parts.hostOf(order) : ok(null)
  if (!host.ok) return afterProblem(context, host.problem)
  const placed = await placeBoth(context, host.value)
  if (stopped()) return null
  if (!placed.ok) return afterProblem(context, placed.problem)
  const checked = await checkBoth(context, placed.value, {
    loopback: provider.value.loopback,
    ownStorage: host.value?.id === 'provider',
  })
  if (stopped()) return null
  if (!checked.ok) return afterProblem(context, checked.problem)
  const [clip, character] = placed.value
  if (!clip) throw new Error('a take always has a clip')
  const ends = [clip.until, character?.until ?? null].filter((until) => until !== null)
  const until = ends.length === 0 ? null : Math.min(...ends)
  return uploaded(clip.url, character?.url ?? null, until)
}
