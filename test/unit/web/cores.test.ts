import { expect, it } from 'vitest'
import type { ClosableCore } from '../../../src/main/web/core.ts'
import { createCores } from '../../../src/main/web/cores.ts'
import { fail, ok } from '../../../src/shared/outcome.ts'

/** Cores that say what becomes of them; those on `gone` can't be opened. */
function opening(gone = '') {
  const steps: string[] = []
  let move = (_to: string) => {}
  const cores = createCores((home, onMoved) => {
    steps.push(`open ${home}`)
    move = onMoved
    if (home === gone) return Promise.resolve(fail('not-found', `${home} is gone.`))
    const close = () => {
      steps.push(`close ${home}`)
      return Promise.resolve()
    }
    return Promise.resolve(ok({ home, close } as unknown as ClosableCore))
  })
  return { cores, steps, move: (to: string) => move(to) }
}

it('After a move the pages are answered by a core on the new place, opened once the old one is closed', async () => {
  const { cores, steps, move } = opening()
  const early = cores.current()
  await cores.open('/old')
  expect(await early).toMatchObject({ value: { home: '/old' } })
  move('/new')
  expect(await cores.current()).toMatchObject({ value: { home: '/new' } })
  move('/third')
  expect(await cores.current()).toMatchObject({ value: { home: '/third' } })
  await cores.close()
  expect(steps).toEqual(['open /old', 'close /old', 'open /new', 'close /new', 'open /third', 'close /third'])
})

it('A new place that can’t be opened is told, and the old one is not opened in its place', async () => {
  const { cores, steps, move } = opening('/new')
  await cores.open('/old')
  move('/new')
  expect(await cores.lost).toMatchObject({ message: '/new is gone.' })
  expect(await cores.current()).toMatchObject({ ok: false })
  await cores.close()
  expect(steps).toEqual(['open /old', 'close /old', 'open /new'])
})

it('A move that ends while the program quits opens nothing any more', async () => {
  const { cores, steps, move } = opening()
  await cores.open('/old')
  move('/new')
  await cores.close()
  expect(steps).toEqual(['open /old', 'close /old'])
})
