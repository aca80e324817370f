import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createFolderLister } from '../../../src/main/web/folder-list.ts'
import { createFileTokens } from '../../../src/main/files/file-tokens.ts'
import { folderToken } from '../../../src/shared/settings-calls.ts'
import type { FolderView } from '../../../src/shared/domain/views.ts'
import type { Outcome } from '../../../src/shared/outcome.ts'
import { temporaryFolder } from '../files/temporary-folder.ts'

const view = (outcome: Outcome<FolderView>): FolderView => {
  if (!outcome.ok) throw new Error(outcome.problem.message)
  return outcome.value
}

/** A disk with a home that is offered and a vault beside it that is not. */
async function aDisk() {
  const disk = await temporaryFolder()
  const home = join(disk, 'home')
  const vault = join(disk, 'vault')
  await mkdir(join(home, 'Videos', 'Dance'), { recursive: true })
  await mkdir(join(home, '.ssh'))
  await mkdir(vault)
  await writeFile(join(home, 'me.JPG'), 'x')
  await writeFile(join(home, 'notes.txt'), 'x')
  await writeFile(join(home, '.hidden.mp4'), 'x')
  await writeFile(join(home, '.ssh', 'id.png'), 'x')
  await writeFile(join(home, 'Videos', 'clip 10.mp4'), 'x')
  await writeFile(join(home, 'Videos', 'clip 2.mov'), 'four')
  await writeFile(join(vault, 'secret.mp4'), 'x')
  const fileTokens = createFileTokens({ mediaBase: '/media/' })
  const roots = () => Promise.resolve([{ name: 'Home', path: home }])
  const lister = createFolderLister({ fileTokens, roots })
  const open = async (...names: string[]) => {
    let current = view(await lister.list(null))
    for (const name of names) {
      const entry = current.entries.find((each) => each.name === name)
      if (entry === undefined) throw new Error(`no ${name}`)
      current = view(await lister.list(entry.token))
    }
    return current
  }
  return { home, vault, fileTokens, lister, open }
}

const names = ({ entries }: FolderView) => entries.map(({ name }) => name)

describe('the file dialog', () => {
  it('begins with the places, whose own token brings them back', async () => {
    const { open, lister } = await aDisk()
    const start = await open()
    expect(start).toMatchObject({ name: 'Places', crumbs: [], entries: [{ kind: 'folder', name: 'Home' }] })
    expect(folderToken.safeParse(start.token).success).toBe(true)
    expect(view(await lister.list(start.token))).toEqual(start)
  })

  it('shows folders first, then images and videos, in the order people count', async () => {
    const { open, home, fileTokens } = await aDisk()
    await mkdir(join(home, 'zoo'))
    const folder = await open('Home')
    expect(names(folder)).toEqual(['Videos', 'zoo', 'me.JPG'])
    const videos = await open('Home', 'Videos')
    expect(names(videos)).toEqual(['Dance', 'clip 2.mov', 'clip 10.mp4'])
    const clip = videos.entries[1]
    expect(clip).toMatchObject({ kind: 'clip', bytes: 4, modified: expect.stringMatching(/^\d{4}-.*Z$/) })
    expect(fileTokens.path(clip?.token ?? '')).toEqual({
      ok: true,
      value: join(home, 'Videos', 'clip 2.mov'),
    })
    expect(folder.entries[2]).toMatchObject({ kind: 'character' })
  })

  it('leads back up by crumbs, but not above the place', async () => {
    const { open, lister } = await aDisk()
    const { crumbs } = await open('Home', 'Videos', 'Dance')
    expect(crumbs.map(({ name }) => name)).toEqual(['Home', 'Videos', 'Dance'])
    expect(names(view(await lister.list(crumbs[0]?.token ?? '')))).toContain('Videos')
  })

  it('tells the path of a folder token to the core, and of no other token', async () => {
    const { open, lister, home } = await aDisk()
    expect(lister.folderPath((await open('Home', 'Videos')).token)).toEqual({
      ok: true,
      value: join(home, 'Videos'),
    })
    expect(lister.folderPath((await open()).token)).toMatchObject({ ok: false, problem: { code: 'usage' } })
    expect(lister.folderPath('d_AAAAAAAAAAAAAAAAAAAAAA')).toMatchObject({
      ok: false,
      problem: { code: 'not-found' },
    })
  })
})

describe('the file dialog stays inside its places', () => {
  it.each([
    '..',
    '/etc',
    '../../etc',
    'd_',
    'd_..%2f..%2fetc',
    'd_AAAAAAAAAAAAAAAAAAAAAA',
    '',
    '\0',
    '__proto__',
  ])('when it is asked for %j', async (token) => {
    const { lister } = await aDisk()
    expect(await lister.list(token)).toMatchObject({ ok: false, problem: { code: 'not-found' } })
  })

  it('when a link leads to a folder or file outside', async () => {
    const { home, vault, open } = await aDisk()
    await symlink(vault, join(home, 'way out'))
    await symlink(join(vault, 'secret.mp4'), join(home, 'innocent.mp4'))
    await symlink('/', join(home, 'disk'))
    await symlink(join(home, 'nowhere'), join(home, 'broken.mp4'))
    expect(names(await open('Home'))).toEqual(['Videos', 'me.JPG'])
  })

  it('when a link leads to something hidden', async () => {
    const { home, open } = await aDisk()
    await symlink(join(home, '.ssh'), join(home, 'keys'))
    expect(names(await open('Home'))).not.toContain('keys')
  })

  it('but follows a link that stays inside', async () => {
    const { home, open } = await aDisk()
    await symlink(join(home, 'Videos'), join(home, 'clips'))
    expect(names(await open('Home', 'clips'))).toContain('clip 2.mov')
  })

  it('when a link takes the place of a folder that was listed', async () => {
    const { home, vault, open, lister } = await aDisk()
    const { token } = await open('Home', 'Videos')
    await rename(join(home, 'Videos'), join(home, 'moved'))
    await symlink(vault, join(home, 'Videos'))
    expect(await lister.list(token)).toMatchObject({ ok: false, problem: { code: 'not-found' } })
  })

  it('when a folder lies beside a place whose name begins alike', async () => {
    const { home, open } = await aDisk()
    const beside = `${home}-other`
    await mkdir(beside)
    await symlink(beside, join(home, 'beside'))
    expect(names(await open('Home'))).not.toContain('beside')
  })

  it('when a folder is gone', async () => {
    const { home, open, lister } = await aDisk()
    const { token } = await open('Home', 'Videos')
    await rm(join(home, 'Videos'), { recursive: true })
    expect(await lister.list(token)).toMatchObject({ ok: false, problem: { code: 'not-found' } })
  })

  it('when a place is unplugged', async () => {
    const disk = await temporaryFolder()
    const fileTokens = createFileTokens({ mediaBase: '/media/' })
    let plugged = [{ name: 'Stick', path: disk }]
    const lister = createFolderLister({ fileTokens, roots: () => Promise.resolve(plugged) })
    const { token } = view(await lister.list(null)).entries[0]!
    expect((await lister.list(token)).ok).toBe(true)
    plugged = []
    expect(await lister.list(token)).toMatchObject({ ok: false, problem: { code: 'not-found' } })
  })
})
