import { expect, onTestFinished } from 'vitest'
import { systemClock } from '../../src/main/system/clock.ts'
import { localCadence, type Provider, type SubmitRequest } from '../../src/main/providers/provider.ts'
import { createHttpClient } from '../../src/main/providers/http/client.ts'
import { fileServer } from '../support/servers/contracts/files.ts'
import type { Contract, Play } from '../support/servers/contracts/strict.ts'
import { someSettings } from '../support/clips/facts.ts'
import { straightNetwork } from '../support/servers/straight-network.ts'

/** A key that must show up nowhere but where its service documents it. */
export const canary = 'canary-key-5f1c9e'
/** What a provider says must arrive as text, whatever it looks like. */
export const theirWords = '<script>alert("Ü")</script> 403'
export const resultUrl = 'https://cdn.example/result.mp4?signature=a%2Fb'

/** Closes the server when the test ends. */
export function kept<Server extends { readonly close: () => Promise<void> }>(server: Server): Server {
  onTestFinished(server.close)
  return server
}

/** What every adapter stands on, for a service on this machine; the pace of requests has its own tests. */
export const adapterParts = (origin: string) => ({
  baseUrl: new URL(origin),
  loopback: true,
  cadence: localCadence,
  settle: 1000,
  clock: systemClock,
  key: canary,
  http: createHttpClient({
    network: straightNetwork,
    clock: systemClock,
    pace: () => Promise.resolve(),
    secrets: [canary],
  }),
})

type Different = Partial<Omit<SubmitRequest, 'settings'>> & {
  readonly settings?: Partial<SubmitRequest['settings']>
}

/** A request whose files a stranger can fetch. */
export async function fetchable(different: Different = {}): Promise<SubmitRequest> {
  const files = kept(await fileServer())
  return {
    character: new Uint8Array([0xff, 0xd8, 0xff, 0x00]),
    characterUrl: files.put('character.jpg', Buffer.from('a picture'), 'image/jpeg'),
    clipUrl: files.put('clip.mp4', Buffer.from('a clip')),
    ownId: 'own-1',
    ...different,
    settings: someSettings({ prompt: 'a dance', orientation: 'video', ...different.settings }),
  }
}

export const quiet = () => undefined

/** Each request was as documented, and nothing that was said back holds the key. */
export function expectClean(server: Pick<Contract, 'violations'>, ...said: readonly unknown[]): void {
  expect(server.violations).toEqual([])
  expect(JSON.stringify(said)).not.toContain(canary)
}

type Stage = { readonly server: Contract; readonly provider: Provider }
type Route = Parameters<Contract['play']>[0]

/** What a submit answers when its route plays this; it was posted once. */
export async function playedSubmit(
  { server, provider }: Stage,
  route: Route,
  settings: Partial<SubmitRequest['settings']>,
  plays: readonly Play[],
): ReturnType<Provider['submit']> {
  server.play(route, ...plays)
  const answer = await provider.submit(await fetchable({ settings }), quiet)
  expectClean(server, answer)
  expect(server.calls).toHaveLength(1)
  return answer
}

/** What is answered about a task when its route plays this. */
export async function playedStatus(
  { server, provider }: Stage,
  route: Route,
  taskId: string,
  plays: readonly Play[],
): ReturnType<Provider['status']> {
  server.play(route, ...plays)
  const status = await provider.status(taskId)
  expectClean(server, status)
  return status
}
