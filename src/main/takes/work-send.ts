import { readFile } from 'node:fs/promises'
import { fail, type Problem } from '../../shared/outcome.ts'
import { holdFor, type DoWork } from './work.ts'

/** Puts the prepared clip where the provider can fetch it. Names are random and say nothing about the user. */
export const workUpload: DoWork = async ({ parts, record, signal, keepHosted }) => {
  const { order, attempt } = record
  if (attempt.state === 'PREPARED') return { type: 'upload-started' }
  if (order.clipUrl !== null) return { type: 'uploaded', url: order.clipUrl }
  if (!attempt.preparedClip) throw new Error('an upload needs a prepared clip')
  const host = parts.hostOf(order)
  if (!host.ok) return { type: 'held', problem: host.problem, until: holdFor(parts, 60) }
  const file = {
    path: attempt.preparedClip.path,
    name: `${parts.randomName()}.mp4`,
    contentType: 'video/mp4',
  }
  const hosted = await host.value.put(file, signal)
  if (signal.aborted) return null
  if (!hosted.ok) return { type: 'held', problem: hosted.problem, until: holdFor(parts, 30) }
  keepHosted(hosted.value.release)
  return { type: 'uploaded', url: hosted.value.url }
}

/** A link of one of our own servers dies with its process; it is made anew before anything is paid. */
function lostUrl({ parts, record }: Parameters<DoWork>[0]): boolean {
  const { order, attempt } = record
  if (order.clipUrl !== null) return false
  const host = parts.hostOf(order)
  return attempt.clipUrl === null || (host.ok && !host.value.isLive(attempt.clipUrl))
}

export const workReady: DoWork = (doing) =>
  Promise.resolve({ type: lostUrl(doing) ? 'upload-lost' : 'ready' })

export const workIntend: DoWork = (doing) =>
  Promise.resolve({ type: lostUrl(doing) ? 'upload-lost' : 'intent' })

const offline = (why: string): Problem =>
  fail('provider-silent', 'The provider could not be reached. Nothing was sent.', {
    advice: 'Check the connection. Understudy tries again by itself.',
    detail: why,
  }).problem

const unwritten = (why: string): Problem =>
  fail('disk-full', 'The take could not be noted down before sending, so nothing was sent.', {
    advice: 'Check that the disk has room. Understudy tries again by itself.',
    detail: why,
  }).problem

const unknownOutcome = (why: string): Problem =>
  fail(
    'outcome-unknown',
    'The provider’s answer did not arrive, so it is not known whether the take started.',
    {
      advice: 'Nothing is sent again by itself. Understudy asks the provider first.',
      detail: why,
    },
  ).problem

/** The one paid request of an attempt. WIRE is on disk before its first byte leaves. */
export const workSend: DoWork = async ({ parts, record, signal, commit }) => {
  const { order, attempt } = record
  const provider = await parts.providerOf(order)
  if (!provider.ok) return { type: 'held', problem: provider.problem, until: holdFor(parts, 60) }
  if (!attempt.preparedCharacter || attempt.clipUrl === null)
    throw new Error('a submit needs both prepared files')
  const request = {
    settings: order.settings,
    character: await readFile(attempt.preparedCharacter.path),
    clipUrl: attempt.clipUrl,
    ownId: attempt.ownId,
  }
  let wired = false
  const onWire = () => {
    commit({ type: 'wire' })
    wired = true
  }
  const answer = await provider.value.submit(request, onWire, signal).catch((error: unknown) => {
    parts.log('the submit failed unexpectedly', { take: order.id, error })
    const why = error instanceof Error ? error.message : String(error)
    return wired ? ({ kind: 'unknown', why } as const) : ({ kind: 'unwritten', why } as const)
  })
  switch (answer.kind) {
    case 'accepted':
      return { type: 'accepted', taskId: answer.taskId }
    case 'refused':
      return { type: 'refused', problem: answer.problem }
    case 'held':
      return { type: 'held', problem: answer.problem, until: parts.clock.now() + answer.wait }
    case 'unsent':
      return { type: 'held', problem: offline(answer.why), until: holdFor(parts, 5) }
    case 'unwritten':
      return { type: 'held', problem: unwritten(answer.why), until: holdFor(parts, 30) }
    case 'unknown':
      return { type: 'unknown', problem: unknownOutcome(answer.why) }
  }
}
