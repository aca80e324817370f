import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { root } from '../../../scripts/lib/paths.mjs'
import { callNames, eventNames, type CallName } from '../../../src/shared/contract.ts'
import type { BrowserFace } from './browser-face.ts'
import type { FakeBridgeOptions } from './fake-answers.ts'
import { createFakeBridge, type FakeBridge } from './fake-bridge.ts'
import type { HardScene } from './hard-scenes.ts'

/** The moment at which every scene plays. */
const sceneTime = '2026-11-21T15:04:00.000Z'

const picture = (name: string) =>
  `data:image/png;base64,${readFileSync(join(root, 'resources', 'sample', name)).toString('base64')}`

type Told = (name: string, payload: unknown) => void

/** Puts a studio held in memory behind the built window, in the place of the one that serves the page. */
async function putFake(page: Page, fake: FakeBridge): Promise<void> {
  await page.exposeFunction('askFake', (name: CallName, args: never, call?: string) =>
    fake.bridge.ask[name](args, call),
  )
  const tell: Told = (name, payload) =>
    // The page may be gone by now.
    void page
      .evaluate(([event, value]) => window.tellFake?.(event, value), [name, payload] as const)
      .catch(() => undefined)
  for (const name of eventNames) {
    fake.bridge.listen[name]((payload) => {
      tell(name, payload)
    })
  }
  fake.bridge.onConnection((connected) => {
    tell('connection', connected)
  })
  await page.addInitScript(
    ({ calls, events }) => {
      const listeners = new Map<string, Set<(payload: unknown) => void>>()
      const listenTo = (name: string) => (listener: (payload: unknown) => void) => {
        const known = listeners.get(name) ?? new Set()
        listeners.set(name, known.add(listener))
        return () => known.delete(listener)
      }
      window.tellFake = (name, payload) => {
        listeners.get(name)?.forEach((listener) => {
          listener(payload)
        })
      }
      Object.assign(window, {
        understudy: {
          ask: Object.fromEntries(
            calls.map((name) => [name, (args: unknown, call?: string) => window.askFake?.(name, args, call)]),
          ),
          listen: Object.fromEntries(events.map((name) => [name, listenTo(name)])),
          onConnection: listenTo('connection'),
          adoptFiles: (files: readonly File[]) =>
            Promise.resolve({
              ok: true,
              value: files.map(({ name, size }, index) => ({
                token: `f_${String(index).padStart(22, '0')}`,
                name,
                bytes: size,
              })),
            }),
        },
      })
    },
    { calls: callNames, events: eventNames },
  )
}

declare global {
  interface Window {
    askFake?: (name: string, args: unknown, call?: string) => Promise<unknown>
    tellFake?: (name: string, payload: unknown) => void
  }
}

/** Opens a studio held in memory in a real window; the face only serves the page. */
export async function openInMemory(
  page: Page,
  face: BrowserFace,
  options: FakeBridgeOptions,
): Promise<FakeBridge> {
  const fake = createFakeBridge({ now: () => sceneTime, ...options })
  const character = picture('character.png')
  fake.answer('take:pictures', async () => ({ ok: true, value: { character, clip: null, result: null } }))
  await page.clock.setFixedTime(new Date(sceneTime))
  await putFake(page, fake)
  await page.goto(await face.nextAddress())
  return fake
}

/** Opens a hard scene in a real window. */
export async function openScene(page: Page, face: BrowserFace, scene: HardScene): Promise<FakeBridge> {
  const fake = await openInMemory(page, face, scene.options)
  const poster = page.locator('[data-poster]').first()
  await poster.click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Details' }).click()
  await page.getByRole('article').waitFor()
  await scene.play?.(page, fake)
  await page.getByText(scene.shows).first().waitFor()
  return fake
}
