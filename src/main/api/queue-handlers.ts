import { ok } from '../../shared/outcome.ts'
import type { TakeQueueCall } from '../../shared/take-queue-calls.ts'
import type { Queueing } from '../takes/types.ts'
import type { Handlers } from './dispatch.ts'
import type { FileTokens } from '../files/file-tokens.ts'
import type { FaceServices } from './face-services.ts'
import { resolveInputs } from './resolve-inputs.ts'
import type { PrepareQueue } from '../prepare/queue/queue.ts'
import type { Inputs } from '../prepare/types.ts'

type QueueCalls =
  | 'queue:read'
  | 'queue:add'
  | 'queue:pause'
  | 'queue:move'
  | 'queue:cancel'
  | 'queue:retry'
  | 'queue:clear'
  | 'queue:reveal'

export function queueHandlers(
  queue: PrepareQueue,
  fileTokens: FileTokens,
  face: Pick<FaceServices, 'chooseFolder' | 'reveal'>,
  /** Remembers files from the form only. Those of a batch would push out the pairs the user chose. */
  note: (inputs: Inputs) => void,
): Pick<Handlers, QueueCalls> {
  return {
    'queue:read': () => Promise.resolve(ok(queue.read())),
    'queue:add': async ({ entries, folder, name }) => {
      const all: Inputs[] = []
      for (const entry of entries) {
        const inputs = resolveInputs(fileTokens, entry)
        if (!inputs.ok) return inputs
        all.push(inputs.value)
      }
      const chosen = await face.chooseFolder(folder, 'Choose a folder for the prepared files')
      if (!chosen.ok || chosen.value === null) return chosen.ok ? ok(null) : chosen
      const added = await queue.add(all, chosen.value, name)
      const [only, ...others] = all
      if (added.ok && only && others.length === 0) note(only)
      return added
    },
    'queue:pause': ({ paused }) => queue.pause(paused),
    'queue:move': ({ item, before }) => queue.move(item, before),
    'queue:cancel': ({ item }) => queue.cancel(item),
    'queue:retry': ({ item }) => queue.retry(item),
    'queue:clear': () => queue.clear(),
    'queue:reveal': async ({ item }) => {
      const file = queue.fileOf(item)
      return file.ok ? face.reveal(file.value) : file
    },
  }
}

/** Takes that wait to be sent. */
export const takeQueueHandlers = (takes: Queueing): Pick<Handlers, TakeQueueCall> => ({
  'take-queue:read': () => Promise.resolve(ok(takes.queue())),
  'take-queue:pause': ({ paused }) => takes.pauseQueue(paused),
  'take-queue:move': ({ take, to }) => takes.moveInQueue(take, to),
})
