import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { createLoopbackHost } from '../../src/main/hosting/local-hosts.ts'
import { createSerialQueue, createPrioritySemaphore } from '../../src/main/system/scheduling.ts'
import { createKlingGateway } from '../../src/main/providers/kling/gateway.ts'
import { createHttpClient } from '../../src/main/providers/http/client.ts'
import { newAttempt, type Attempt } from '../../src/main/takes/attempt.ts'
import { openJournal } from '../../src/main/takes/journal/journal.ts'
import { step } from '../../src/main/takes/state-machine.ts'
import type { TakeEvent } from '../../src/main/takes/take-event.ts'
import { createAccountSlots } from '../../src/main/takes/steps/account-slots.ts'
import { reconcileStep } from '../../src/main/takes/steps/reconcile.ts'
import { sendStep } from '../../src/main/takes/steps/submit.ts'
import { waitStep } from '../../src/main/takes/steps/watch.ts'
import { freshPatience, type Step, type StepParts } from '../../src/main/takes/steps/step.ts'
import { ok } from '../../src/shared/outcome.ts'
import type { TakeState } from '../../src/shared/domain/take.ts'
import { firstCome } from '../support/library/account-slots-kit.ts'
import { anOrder } from '../support/library/an-order.ts'
import { fileServer } from '../support/servers/contracts/files.ts'
import { someSettings } from '../support/clips/facts.ts'
import { dropFolder, fakeMedia, makeFolder, quickClock } from '../support/library/library.ts'
import { straightNetwork } from '../support/servers/straight-network.ts'

export const key = 'canary-key'
const picture = Buffer.from('\x89PNG\r\n\x1a\n\0the character', 'latin1')

/** From the moment a take may be sent until it is known how that ended. */
const works: Partial<Record<TakeState, Step>> = {
  READY: () => Promise.resolve({ type: 'intent', paidWith: null }),
  INTENT: sendStep,
  HELD: waitStep,
  UNKNOWN: reconcileStep,
}

/**
 * Sends takes with the real adapter, works and machine, and without the journal, the files and the waits around them:
 * hundreds of answers cost seconds.
 */
export function gatewayStage() {
  const closing: (() => Promise<void> | void)[] = []
  let folder = ''
  beforeEach(() => {
    folder = makeFolder()
    closing.push(() => {
      dropFolder(folder)
    })
  })
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
  })
  const kept = <Server extends { readonly close: () => Promise<void> }>(server: Server): Server => {
    closing.push(server.close)
    return server
  }

  function partsFor(origin: string): StepParts {
    const clock = quickClock()
    const journal = openJournal(join(folder, 'studio.db'), () => undefined)
    if (!journal.ok) throw new Error(journal.problem.message)
    closing.push(() => {
      journal.value.close()
    })
    const host = kept(createLoopbackHost(clock))
    const pace = () => Promise.resolve()
    const provider = createKlingGateway({
      baseUrl: new URL(origin),
      loopback: true,
      cadence: { first: 1, gap: () => 1 },
      http: createHttpClient({ network: straightNetwork, clock, pace, secrets: [key] }),
      settle: 60_000,
      key,
      // Where it is not set, each look asks at two places: ../providers/kling-gateway-follow.test.ts.
      pollPath: '/kling/v1/videos/motion-control/{id}',
    })
    return {
      network: straightNetwork,
      clock,
      log: () => undefined,
      journal: journal.value,
      media: fakeMedia(),
      rename: () => Promise.resolve(),
      library: folder,
      providerOf: () => Promise.resolve(ok(provider)),
      hostOf: () => Promise.resolve(ok(host)),
      limits: () => ({ guards: { perTake: null, perDay: null }, prices: {} }),
      downloads: createPrioritySemaphore(1),
      pace,
      keepStills: () => Promise.resolve(ok('sprite.webp')),
      accountSlots: createAccountSlots(() => 1, clock, firstCome),
      inTurn: createSerialQueue(),
      onMoreTasks: () => undefined,
      stillNeeded: () => false,
      begunBefore: () => false,
      sending: () => undefined,
      trackFile: () => () => undefined,
      randomName: () => 'name',
    }
  }

  return {
    kept,
    /** Sends takes to the gateway at this address, each told by its prompt, and answers with what became of one. */
    sender: async (origin: string) => {
      const parts = partsFor(origin)
      const clipUrl = kept(await fileServer()).put('clip.mp4', Buffer.from('a clip'))
      const path = join(folder, 'character.png')
      writeFileSync(path, picture)
      const sha256 = createHash('sha256').update(picture).digest('hex')
      const character = {
        path,
        bytes: picture.length,
        sha256,
        width: 720,
        height: 1280,
        format: 'png',
      } as const
      return async (prompt: string): Promise<Attempt> => {
        const chosen = { provider: 'kling-gateway', model: 'kling-v3', orientation: 'video' } as const
        const order = anOrder({ settings: someSettings({ ...chosen, prompt }) })
        const started = newAttempt(order.id, 1, `own ${prompt}`, new Date(parts.clock.now()).toISOString())
        let attempt: Attempt = { ...started, state: 'READY', preparedCharacter: character, clipUrl }
        const commit = (event: TakeEvent) => {
          attempt = step(attempt, event, new Date(parts.clock.now()).toISOString())
        }
        for (let work = works.READY; work; work = works[attempt.state]) {
          const event = await work({
            parts,
            patience: freshPatience(false),
            record: { order, attempt },
            signal: new AbortController().signal,
            agreedFor: () => 0,
            onProgress: () => undefined,
            commit,
          })
          if (event) commit(event)
        }
        return attempt
      }
    },
  }
}
