import { systemClock } from '../../../src/main/system/clock.ts'
import type { Clock } from '../../../src/main/system/ports.ts'
import { type AdapterParts, localCadence, type SubmitRequest } from '../../../src/main/providers/provider.ts'
import { createHttpClient } from '../../../src/main/providers/http/client.ts'
import { fileServer, type FileServer } from '../../support/servers/contracts/files.ts'
import { someSettings } from '../../support/clips/facts.ts'
import { straightNetwork } from '../../support/servers/straight-network.ts'

export const canary = 'canary-key-5d1f'
/** How long the official service keeps a result, in milliseconds. */
export const month = 30 * 24 * 3_600_000
export const quiet = () => undefined

/** The shortest bytes that pass for a JPEG image. */
export const aPicture = new Uint8Array([0xff, 0xd8, 0xff, 0x00])

/** What an adapter stands on, over real HTTP, with a clock that may be wrong. */
export const partsFor = (
  origin: string,
  { secrets = [canary], clock = systemClock }: { secrets?: readonly string[]; clock?: Clock } = {},
): AdapterParts => ({
  baseUrl: new URL(origin),
  loopback: true,
  cadence: localCadence,
  settle: 1000,
  http: createHttpClient({ network: straightNetwork, clock, pace: () => Promise.resolve(), secrets }),
})

export const clockOffBy = (milliseconds: number): Clock => ({
  ...systemClock,
  now: () => systemClock.now() + milliseconds,
})

export const sought = (ownId: string) => ({
  ownId,
  clipUrl: 'http://127.0.0.1:1/clip.mp4',
  characterUrl: null,
  sentAt: '2026-11-21T09:00:00.000Z',
  settings: someSettings({ provider: 'kling', model: 'kling-v3' }),
  known: [],
})

export const aRequest = (
  clipUrl: string,
  settings: Parameters<typeof someSettings>[0] = {},
  ownId = 'own-1',
): SubmitRequest => ({
  settings: someSettings({ provider: 'kling', model: 'kling-v3', prompt: 'a dance', ...settings }),
  character: aPicture,
  characterUrl: null,
  clipUrl,
  ownId,
})

/** What a test opened, closed again at its end. */
export function openThings() {
  const open: { readonly close: () => Promise<void> }[] = []
  return {
    keep: <Thing extends { readonly close: () => Promise<void> }>(thing: Thing): Thing => {
      open.push(thing)
      return thing
    },
    closeAll: async () => {
      await Promise.all(open.splice(0).map((thing) => thing.close()))
    },
  }
}

/** A clip on a host of its own, and the address it can be fetched from. */
export async function aHostedClip(
  keep: (host: FileServer) => FileServer,
): Promise<{ readonly host: FileServer; readonly url: string }> {
  const host = keep(await fileServer())
  return { host, url: host.put('clip.mp4', new Uint8Array([0, 0, 0, 0x18, 0x66, 0x74, 0x79, 0x70])) }
}
