import { describe, expect, it } from 'vitest'
import { failingDisk } from '../../support/processes/failing-disk.ts'
import { aTake, openLibrary, takeId } from '../../support/library/library.ts'
import { libraryStage } from '../../support/library/library-stage.ts'

const stage = libraryStage()

describe('a wish on a disk that takes nothing', () => {
  it('is answered with the reason, and the take is as it was', async () => {
    const { origin } = await stage.provider({ submit: (response) => response.destroy() })
    const disk = failingDisk()
    const bench = openLibrary({ folder: stage.folder, origin, ports: disk.ports })
    stage.bench = bench
    disk.fail('room')
    const order = aTake(stage.folder)
    expect(await bench.library.submit(order)).toMatchObject({ ok: false, problem: { code: 'disk-full' } })
    expect(bench.library.list()).toEqual([])
    disk.fail(null)
    await bench.library.submit(order)
    await bench.until(takeId, 'NEEDS_USER')
    disk.fail('room')
    expect(await bench.library.giveUp(takeId)).toMatchObject({ ok: false, problem: { code: 'disk-full' } })
    expect(bench.library.show(takeId)).toMatchObject({ value: { state: 'NEEDS_USER' } })
    disk.fail(null)
    expect(await bench.library.giveUp(takeId)).toMatchObject({ value: { state: 'ABANDONED' } })
  })

  it('is refused without being tried once a flush has failed, and so is bringing takes back', async () => {
    const { origin } = await stage.provider({ submit: (response) => response.destroy() })
    const disk = failingDisk()
    const bench = openLibrary({ folder: stage.folder, origin, ports: disk.ports })
    stage.bench = bench
    await bench.library.submit(aTake(stage.folder))
    await bench.until(takeId, 'NEEDS_USER')
    disk.fail('flush')
    expect(await bench.library.giveUp(takeId)).toMatchObject({ problem: { code: 'library-damaged' } })
    expect(await bench.library.giveUp(takeId)).toMatchObject({ problem: { code: 'library-damaged' } })
    expect(await bench.library.rebuild()).toMatchObject({ problem: { code: 'library-damaged' } })
    expect(disk.tried()).toBe(1)
    bench.library.resume()
    expect(bench.library.show(takeId)).toMatchObject({ value: { state: 'NEEDS_USER' } })
  })
})
