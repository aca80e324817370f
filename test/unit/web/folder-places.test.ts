import { mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findPlaces } from '../../../src/main/web/folder-list.ts'
import { temporaryFolder } from '../files/temporary-folder.ts'

const linux = (home: string) => ({ platform: 'linux' as const, home, user: 'nobody-of-this-name' })

describe('the places of a machine', () => {
  it('are the home folder first, then the usual folders in it', async () => {
    const home = await temporaryFolder()
    await mkdir(join(home, 'Videos'))
    await mkdir(join(home, 'Pictures'))
    await mkdir(join(home, 'Taxes'))
    const places = await findPlaces(linux(home))
    expect(places.slice(0, 3)).toEqual([
      { name: 'Home', path: home },
      { name: 'Videos', path: join(home, 'Videos') },
      { name: 'Pictures', path: join(home, 'Pictures') },
    ])
    expect(JSON.stringify(places)).not.toContain('Taxes')
  })

  it('are real paths, so that a home behind a link is the folder it leads to', async () => {
    const disk = await temporaryFolder()
    await mkdir(join(disk, 'real'))
    await symlink(join(disk, 'real'), join(disk, 'home'))
    expect((await findPlaces(linux(join(disk, 'home'))))[0]).toEqual({
      name: 'Home',
      path: join(disk, 'real'),
    })
  })

  it('never are where a link leads, nor the whole disk', async () => {
    const home = await temporaryFolder()
    await symlink('/', join(home, 'Videos'))
    await symlink('/etc', join(home, 'Pictures'))
    const places = [...(await findPlaces(linux(home))), ...(await findPlaces(linux('/')))]
    expect(places.map(({ path }) => path)).not.toContain('/')
    expect(places.map(({ path }) => path)).not.toContain('/etc')
  })
})
