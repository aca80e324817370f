import { judge } from '../workshop/judge.ts'
import { certify } from '../workshop/certify.ts'
import { prepareInputs } from '../workshop/prepare-inputs.ts'
import type { Problem } from '../../shared/outcome.ts'
import { sweepParts, takeFolder } from './take-folder.ts'
import type { DoWork } from './work.ts'

/** Measures again (a file may have changed since it was chosen), writes both prepared files and certifies them. */
export const workPrepare: DoWork = (doing) => {
  const { parts, signal } = doing
  let begun = false
  const turn = parts.inTurn(() => {
    begun = true
    return prepareInTurn(doing)
  })
  // Who only waits for a turn can leave at once; who has begun ends its process first.
  const left = new Promise<null>((resolve) => {
    signal.addEventListener('abort', () => {
      if (!begun) resolve(null)
    })
  })
  return signal.aborted ? Promise.resolve(null) : Promise.race([turn, left])
}

const prepareInTurn: DoWork = async ({ parts, record, signal, onProgress }) => {
  if (signal.aborted) return null
  const commands: string[] = []
  const { order } = record
  const paths = { character: order.characterPath, clip: order.clipPath }
  const failed = (problem: Problem) =>
    signal.aborted ? null : ({ type: 'prepare-failed', problem } as const)
  const judged = await judge(
    parts.media,
    { ...paths, window: order.window, settings: order.settings },
    { signal },
  )
  if (!judged.ok) return failed(judged.problem)
  if (judged.value.refused) return failed(judged.value.refused)
  const { folder } = takeFolder(parts.library, order.id)
  await sweepParts(folder)
  const prepared = await prepareInputs(parts.media, paths, judged.value, folder, {
    signal,
    onProgress,
    onCommand: (line) => commands.push(line),
  })
  if (!prepared.ok) return failed(prepared.problem)
  const { clip, character } = prepared.value
  if (!clip || !character) throw new Error('both inputs of a take are prepared')
  const now = new Date(parts.clock.now()).toISOString()
  const certificate = await certify(parts.media, judged.value, prepared.value, now, { signal })
  if (!certificate.ok) return failed(certificate.problem)
  return { type: 'prepared', clip, character, commands }
}
