import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { TaskStatus } from '../../src/main/providers/provider.ts'
import { MiB } from '../../src/shared/units.ts'
import { fakeMedia } from '../support/library/library.ts'
import { expectHome, fetchedBy, wholeOrPart, type Serve } from './download-stage.ts'
import { faultStage } from './studio.ts'

const stage = faultStage()
const film = randomBytes(2 * MiB)
const whole = wholeOrPart('"v1"', film)
const media = fakeMedia((bytes) => bytes.equals(film))
const tiers = ['B', 'C'] as const

const firstly =
  (answer: Serve): Serve =>
  (request, response, nth) => {
    ;(nth === 1 ? answer : whole)(request, response, nth)
  }

describe.each(tiers)('a result of tier %s', (tier) => {
  const fetched = (serve: Serve, status?: (real: TaskStatus) => TaskStatus) =>
    fetchedBy({ stage, tier, media, serve, status })

  it.each([403, 404, 410])(
    '65 · whose link answers %i: a fresh one comes from the same task, and the download goes on',
    async (code) => {
      const one = await fetched(firstly((_request, response) => response.writeHead(code).end()))
      expectHome(one, film)
      expect(one.links()).toBe(2)
    },
  )

  it('66 · whose link is dead and whose task is gone: EXPIRED with its task and date, nothing deleted', async () => {
    const dead: Serve = (_request, response) => response.writeHead(410).end()
    const one = await fetched(dead, () => ({ kind: 'missing' }))
    const shown = one.studio.bench.library.show(one.folder.slice(-26))
    if (!shown.ok) throw new Error(shown.problem.message)
    expect([one.ended, one.studio.tasks(), one.studio.posts()]).toEqual(['EXPIRED', 1, 1])
    expect(shown.value.problem?.detail).toMatch(/^Task \S+, .* kept until \d{4}-/)
    expect(existsSync(join(one.folder, 'character.png'))).toBe(true)
  })

  it.each(['http://10.0.0.1/x.mp4', 'https://10.0.0.1/x.mp4', 'https://[fd00::1]/x.mp4'])(
    '70 · that is redirected to %s: refused, and a fresh link asked for',
    async (location) => {
      const one = await fetched(firstly((_request, response) => response.writeHead(302, { location }).end()))
      expectHome(one, film)
      expect(one.links()).toBe(2)
    },
  )

  it('70 · that is redirected elsewhere: the key goes nowhere with it', async () => {
    const one = await fetched(
      firstly((_request, response) => response.writeHead(302, { location: '/moved.mp4' }).end()),
    )
    expectHome(one, film)
    expect(one.links()).toBe(1)
    expect(JSON.stringify(one.files.seen)).not.toContain('canary')
  })
})
