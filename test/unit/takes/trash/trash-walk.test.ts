import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { patchTakeJson } from '../../../../src/main/takes/take-json.ts'
import { dropFolder, makeFolder, openLibrary, type Bench } from '../../../support/library/library.ts'
import { addOver, finishedId } from '../../../support/library/some-finished-takes.ts'

const ids = [1, 2, 3].map(finishedId)

/** A kill after the journal, or after `take.json` too, leaves the folder where it was. */
const cuts = ['whole', 'journal', 'take.json'] as const
const move = fc.record({
  to: fc.constantFrom('trash' as const, 'library' as const),
  takes: fc.subarray(ids, { minLength: 1 }),
  cut: fc.constantFrom(...cuts),
})
type Move = typeof move extends fc.Arbitrary<infer T> ? T : never

/** The part of a move that is done when the process is killed. */
function half({ journal, folder }: Bench, { to, takes, cut }: Move): void {
  const at = '2026-11-20T13:00:00.000Z'
  if (to === 'trash') journal.putInTrash(takes, at)
  else journal.takeOutOfTrash(takes)
  if (cut !== 'take.json') return
  const holder = join(folder, 'library', ...(to === 'trash' ? [] : ['.trash']))
  for (const id of takes) patchTakeJson(holder, id, { trashedAt: to === 'trash' ? at : null })
}

const namesIn = (folder: string) =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name !== '.trash')
        .toSorted()
    : []

/** Every take is in exactly one of both places, with its folder and its film. */
function expectWhole({ library, folder }: Bench, inTrash: ReadonlySet<string>) {
  const place = join(folder, 'library')
  const listed = ids.filter((id) => !inTrash.has(id))
  expect(
    library
      .list()
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual(listed)
  expect(
    library
      .trash()
      .map(({ take }) => take.id)
      .toSorted(),
  ).toEqual([...inTrash].toSorted())
  expect([namesIn(place), namesIn(join(place, '.trash'))]).toEqual([listed, [...inTrash].toSorted()])
  for (const id of ids)
    expect(existsSync(join(place, ...(inTrash.has(id) ? ['.trash'] : []), id, 'result.mp4'))).toBe(true)
}

it('loses and doubles nothing, whatever is trashed and restored and wherever a kill interrupts it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(move, { maxLength: 8 }), async (moves) => {
      const folder = makeFolder()
      const open = () => openLibrary({ folder, origin: 'http://127.0.0.1:1' })
      let bench = open()
      try {
        for (const nth of [1, 2, 3]) addOver(bench, nth)
        await bench.close()
        bench = open()
        const inTrash = new Set<string>()
        for (const one of moves) {
          const takes = one.takes.filter((id) => inTrash.has(id) !== (one.to === 'trash'))
          if (takes.length === 0) continue
          if (one.cut === 'whole') {
            const moved = one.to === 'trash' ? bench.library.putInTrash(takes) : bench.library.restore(takes)
            expect(await moved).toMatchObject({ ok: true })
          } else {
            half(bench, { ...one, takes })
            await bench.close()
            bench = open()
          }
          for (const id of takes)
            if (one.to === 'trash') inTrash.add(id)
            else inTrash.delete(id)
          expectWhole(bench, inTrash)
        }
      } finally {
        await bench.close()
        dropFolder(folder)
      }
    }),
    { numRuns: 12 },
  )
})
