import { copyFile, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspect } from '../../src/main/media/create-media.ts'
import { picture } from '../../src/main/media/previews/picture.ts'
import * as clips from '../support/clips/clips.ts'
import * as hostile from '../support/clips/hostile-clips.ts'
import { clipFacts, createWorkbench, problemOf, type Workbench } from '../support/clips/media-kit.ts'
import * as pictures from '../support/clips/pictures.ts'
import { scriptedServer, type ScriptedServer } from '../support/servers/scripted-server.ts'
import { ffmpeg } from '../support/processes/tools.ts'

let bench: Workbench
let web: ScriptedServer
beforeAll(async () => {
  bench = await createWorkbench()
  web = await scriptedServer((_seen, response) => response.end())
})
afterAll(async () => {
  await web.close()
  await bench.remove()
})

/** What the studio makes of a file: a problem, or the facts and a first picture. */
async function taken(path: string) {
  const facts = await inspect(bench.mediaTools, path)
  if (!facts.ok) return { problem: facts.problem, jpeg: null }
  const jpeg = await picture(bench.mediaTools, path, facts.value, 640)
  return jpeg.ok ? { problem: null, jpeg: jpeg.value } : { problem: jpeg.problem, jpeg: null }
}

describe('a list of other files in the name of a film or a picture', () => {
  it.each(Object.keys(hostile.lists('')))('%s is refused, whatever it is called', async (what) => {
    const near = await hostile.privateClip(bench.folder)
    for (const there of [near, 'private.mov', `file:${near}`, `${web.origin}/a.mp4`])
      for (const name of ['list.mp4', 'list.mov', 'list.mkv', 'list.png', 'list%03d.jpg', 'list']) {
        const path = join(bench.folder, name)
        await writeFile(path, hostile.lists(there)[what] ?? '')
        const { problem } = await taken(path)
        expect(problem?.code).toMatch(/^(?:not-a-video|not-an-image|file-damaged)$/)
      }
    expect(web.connections()).toBe(0)
  })
})

describe('a film that says its pictures lie in another file', () => {
  it('shows nothing of that file', async () => {
    for (const how of ['alias', 'url'] as const) {
      const { problem, jpeg } = await taken(await hostile.borrowed(bench.folder, how))
      expect(jpeg).toBeNull()
      expect(problem?.code).toBe('file-damaged')
    }
  })

  it('would show all of it where somebody asked ffmpeg for that', async () => {
    const path = await hostile.borrowed(bench.folder, 'alias')
    const decode = ['-map', '0:v', '-f', 'framemd5', 'pipe:1']
    const follow = ['-enable_drefs', '1', '-use_absolute_path', '1']
    const own = await ffmpeg('-i', `file:${await hostile.privateClip(bench.folder)}`, ...decode)
    expect(await ffmpeg(...follow, '-i', `file:${path}`, ...decode)).toEqual(own)
  })

  it('or on a server is not looked for there', async () => {
    for (const how of ['alias', 'url'] as const)
      expect((await taken(await hostile.borrowed(bench.folder, how, `${web.origin}/a.mov`))).jpeg).toBeNull()
    const path = await hostile.referenceMovie(bench.folder, `${web.origin}/a.mov`)
    expect((await taken(path)).problem?.code).toBe('not-a-video')
    expect(web.connections()).toBe(0)
  })

  it('is measured alone where its story goes on in another', async () => {
    const path = await hostile.linkedSegments(bench.folder)
    expect((await readFile(path)).includes('nextfile.mkv')).toBe(true)
    expect(await clipFacts(bench.mediaTools, path)).toMatchObject({ frames: 60, duration: 2 })
  })
})

describe('a name', () => {
  it('that stands for many files to ffmpeg is one file to the studio', async () => {
    const film = await clips.landscape(bench.folder)
    const drawn = await pictures.jpeg(bench.folder)
    for (let nth = 1; nth <= 3; nth += 1)
      await copyFile(drawn, join(bench.folder, `sequence00${String(nth)}.jpg`))
    const pattern = join(bench.folder, 'sequence%03d.jpg')
    expect((await taken(pattern)).problem?.code).toBe('file-missing')
    for (const name of [`concat:${film}|${film}`, `subfile,,start,0,end,0,,:${film}`, `${web.origin}/a.mp4`])
      expect((await taken(name)).problem?.code).toBe('file-missing')
    expect((await taken('pipe:0')).problem?.code).toBe('file-missing')
    await copyFile(drawn, pattern)
    expect((await taken(pattern)).jpeg).not.toBeNull()
    expect(web.connections()).toBe(0)
  })
})

describe.skipIf(process.platform === 'win32')('a link', () => {
  const linked = async (name: string, target: string) => {
    const path = join(bench.folder, name)
    await symlink(target, path)
    return path
  }

  it('is followed, for whoever chose it chose what it leads to', async () => {
    const path = await linked('link.mp4', await clips.landscape(bench.folder))
    expect(await clipFacts(bench.mediaTools, path)).toMatchObject({ frames: 120 })
  })

  it('to a list of other files is refused as that list is', async () => {
    const path = await linked('link-to-list.mp4', await clips.playlistAsClip(bench.folder))
    expect((await taken(path)).problem?.code).toBe('not-a-video')
  })

  it('that leads nowhere, in a circle or to a device is a problem', async () => {
    const code = async (path: string) => problemOf(await inspect(bench.mediaTools, path)).code
    expect(await code(await linked('nowhere.mp4', join(bench.folder, 'gone.mp4')))).toBe('file-missing')
    expect(await code(await linked('circle.mp4', join(bench.folder, 'circle.mp4')))).toBe('file-unreadable')
    expect(await code(await linked('device.mp4', '/dev/zero'))).toBe('file-unreadable')
  })
})
