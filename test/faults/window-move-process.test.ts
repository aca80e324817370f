import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { followMoves } from '../../src/main/system/moved-home.ts'
import type { About, FolderView } from '../../src/shared/domain/views.ts'
import { startStudioProcess } from '../support/processes/a-studio-process.ts'
import { openPage } from '../support/window/a-page.ts'

let disk: string
beforeEach(() => {
  disk = mkdtempSync(join(tmpdir(), 'understudy-window-move-'))
  mkdirSync(join(disk, 'old'))
  mkdirSync(join(disk, 'new'))
})
afterEach(() => {
  rmSync(disk, { recursive: true, force: true })
})

it('The browser face moves its library to a folder of its own dialog and answers from there, in the same process', async () => {
  const studio = await startStudioProcess(join(disk, 'old'), disk)
  const page = await openPage(studio.address)
  await page.ask('settings:change', { change: { theme: 'dark' } })
  const places = await page.ask<FolderView>('folder:list', { folder: null })
  const homes = await Promise.all(
    places.entries.map(({ token }) => page.ask<FolderView>('folder:list', { folder: token })),
  )
  const found = homes.flatMap(({ entries }) => entries).find(({ name }) => name === 'new')
  const plan = await page.ask<{ plan: string; to: string }>('library:plan-move', {
    folder: found?.token ?? null,
  })
  expect(plan.to).toBe(join(disk, 'new'))
  const moved = page.ask('library:move', { plan: plan.plan }).catch(() => undefined)
  await page.told('library:moved')
  await moved
  page.kill()
  // The page loads again.
  const again = await openPage(await studio.nextAddress())
  expect(await again.ask<About>('app:about')).toMatchObject({
    library: join(disk, 'new'),
    movedFrom: join(disk, 'old'),
  })
  expect(await again.ask('settings:read')).toMatchObject({ theme: 'dark' })
  await again.ask('settings:change', { change: { theme: 'light' } })
  expect(readdirSync(join(disk, 'old'))).toContain('moved.json')
  expect(await studio.end('SIGINT')).toBe(0)
  expect(studio.said()).toBe('')
  expect(followMoves(join(disk, 'old'))).toBe(join(disk, 'new'))
  expect(existsSync(join(disk, 'new', 'arriving.json'))).toBe(false)
})
