import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { landscape, short } from '../support/clips/clips.ts'
import { buildCommandLine, filesIn, start, understudy, workplace } from '../support/processes/command-line.ts'
import { jpeg } from '../support/clips/pictures.ts'
import { waitUntil } from '../support/processes/wait-until.ts'

const media = mkdtempSync(join(tmpdir(), 'understudy-batch-'))
let character = ''
let clip = ''
let tooShort = ''
beforeAll(async () => {
  await buildCommandLine()
  character = await jpeg(media)
  clip = await landscape(media)
  tooShort = await short(media)
})
afterAll(() => {
  rmSync(media, { recursive: true, force: true })
})

/** A folder with clips of these names beside a picture and a text. */
function shoot(root: string, ...names: readonly string[]) {
  const folder = join(root, 'shoot')
  mkdirSync(folder)
  for (const name of names) copyFileSync(clip, join(folder, name))
  copyFileSync(character, join(folder, 'hero.jpg'))
  writeFileSync(join(folder, 'notes.txt'), 'hello')
  return folder
}

const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')
const timesIn = (folder: string) =>
  filesIn(folder).map((name) => [name, statSync(join(folder, name)).mtimeMs])
type Item = {
  readonly state: string
  readonly folder: string
  readonly name: string
  readonly source: unknown
  readonly clip: { readonly path: string; readonly sha256: string }
  readonly certificate: { readonly clip: { readonly sha256: string } }
  readonly problem: { readonly code: string; readonly message: string }
}
const answerIn = (stdout: string) =>
  JSON.parse(stdout) as {
    readonly items: readonly Item[]
    readonly skipped: readonly { readonly path: string }[]
    readonly report: string
  }
const until = (holds: () => boolean) => waitUntil(() => Promise.resolve(holds() ? true : null))
/** Temporary names; none where the folder is not there yet. */
const hiddenIn = (folder: string) => readdirSync(folder).filter((name) => name.startsWith('.'))

describe('prepare with more than one file', () => {
  it('gives each a folder of its own and one report of them all', async () => {
    const { home, root, out } = workplace(media)
    const folder = shoot(root, 'a.mp4', 'b.final.mp4')
    const argv = ['prepare', '--clip', folder, '--character', character, '--out', out]
    const { code, stdout, stderr } = await understudy(
      home,
      ...argv,
      '--name',
      '{clip}-{provider}-{n}',
      '--json',
    )
    expect([code, stderr]).toEqual([0, ''])
    const { items, skipped, report } = answerIn(stdout)
    expect(items.map(({ state }) => state)).toEqual(['prepared', 'prepared'])
    expect(items.map(({ folder: at }) => at)).toEqual([
      join(out, 'a-practice-1'),
      join(out, 'b.final-practice-2'),
    ])
    for (const item of items) {
      expect(item.source).toMatchObject({ character })
      expect(item.clip.sha256).toBe(sha256(item.clip.path))
      expect(item.certificate.clip.sha256).toBe(item.clip.sha256)
      expect(JSON.parse(readFileSync(join(item.folder, 'certificate.json'), 'utf8'))).toEqual(
        item.certificate,
      )
      expect(filesIn(item.folder)).toEqual(['certificate.json', 'character.jpg', 'clip.mp4', 'report.json'])
    }
    expect(skipped.map(({ path }) => path).sort()).toEqual([
      join(folder, 'hero.jpg'),
      join(folder, 'notes.txt'),
    ])
    expect(JSON.parse(readFileSync(report, 'utf8'))).toEqual({ items, skipped })
    expect([hiddenIn(out), filesIn(home)]).toEqual([[], []])
  })

  it('goes on with the others when one is refused, and ends with the gravest reason', async () => {
    const { home, root, out } = workplace(media)
    const folder = shoot(root, 'b.mp4')
    copyFileSync(tooShort, join(folder, 'a short.mp4'))
    writeFileSync(join(folder, 'c cut.mp4'), readFileSync(clip).subarray(0, 2000))
    const { code, stdout } = await understudy(home, 'prepare', '--clip', folder, '--out', out, '--json')
    const { items } = answerIn(stdout)
    expect(items.map(({ state }) => state)).toEqual(['failed', 'prepared', 'failed'])
    expect(items[0]?.problem.code).toBe('fix-needed')
    expect(items[2]?.problem.code).toBe('file-damaged')
    expect(code).toBe(4)
    expect(filesIn(out)).toEqual(['b/certificate.json', 'b/clip.mp4', 'b/report.json', 'report.json'])
  })

  it('makes nothing again that is there and whole, and again what was changed', async () => {
    const { home, root, out } = workplace(media)
    const argv = ['prepare', '--clip', join(shoot(root, 'a.mp4', 'b.mp4'), '*.mp4'), '--out', out, '--json']
    expect((await understudy(home, ...argv)).code).toBe(0)
    const before = timesIn(join(out, 'a'))
    writeFileSync(join(out, 'b', 'clip.mp4'), 'mine now')
    const { code, stdout } = await understudy(home, ...argv)
    expect(code).toBe(0)
    const { items } = answerIn(stdout)
    expect(items.map(({ state }) => state)).toEqual(['kept', 'prepared'])
    expect(items[1]?.folder).toBe(join(out, 'b (2)'))
    expect(timesIn(join(out, 'a'))).toEqual(before)
    expect(readFileSync(join(out, 'b', 'clip.mp4'), 'utf8')).toBe('mine now')
  })

  it('touches no folder and no report that is not its own', async () => {
    const { home, root, out } = workplace(media)
    mkdirSync(join(out, 'a'), { recursive: true })
    writeFileSync(join(out, 'a', 'diary.txt'), 'mine')
    writeFileSync(join(out, 'report.json'), '{"mine":true}')
    const folder = shoot(root, 'a.mp4')
    const { code, stdout } = await understudy(home, 'prepare', '--clip', folder, '--out', out, '--json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      items: [{ folder: join(out, 'a (2)') }],
      report: join(out, 'report (2).json'),
    })
    expect(filesIn(join(out, 'a'))).toEqual(['diary.txt'])
    expect(readFileSync(join(out, 'report.json'), 'utf8')).toBe('{"mine":true}')
  })

  it('goes on after a kill from where it was, and leaves nothing of the killed one', async () => {
    const { home, root, out } = workplace(media)
    const argv = ['prepare', '--clip', shoot(root, 'a.mp4', 'b.mp4', 'c.mp4'), '--out', out, '--json']
    const killed = start(home, ...argv)
    await until(() => existsSync(join(out, 'a')) && hiddenIn(out).length > 0)
    killed.kill('SIGKILL')
    await killed.ended
    const { code, stdout } = await understudy(home, ...argv)
    expect(code).toBe(0)
    const { items } = answerIn(stdout)
    expect(items[0]?.state).toBe('kept')
    expect(items.map(({ folder }) => folder)).toEqual(['a', 'b', 'c'].map((name) => join(out, name)))
    for (const { clip: made } of items) expect(sha256(made.path)).toBe(made.sha256)
    expect(readdirSync(out).sort()).toEqual(['a', 'b', 'c', 'report.json'])
    expect(filesIn(home)).toEqual([])
  })

  it('ends with 130 on Ctrl-C, with nothing half-written', async () => {
    const { home, root, out } = workplace(media)
    const argv = ['prepare', '--clip', shoot(root, 'a.mp4', 'b.mp4', 'c.mp4'), '--out', out, '--json']
    const stopped = start(home, ...argv)
    await until(() => existsSync(join(out, 'a')))
    stopped.kill('SIGINT')
    const { code, stdout, stderr } = await stopped.ended
    expect(code).toBe(130)
    expect(stderr).toContain('Run the same command again to continue.')
    const states = answerIn(stdout).items.map(({ state }) => state)
    expect([states[0], states.at(-1)]).toEqual(['prepared', 'left'])
    expect(hiddenIn(out)).toEqual([])
    for (const name of readdirSync(out).filter((entry) => entry !== 'report.json'))
      expect(filesIn(join(out, name))).toEqual(['certificate.json', 'clip.mp4', 'report.json'])
  })
})

describe('the queue on the command line', () => {
  it('outlives a kill: what was done stays done, and the interrupted one starts anew', async () => {
    const { home, root, out } = workplace(media)
    await understudy(home, 'queue', 'add', '--clip', shoot(root, 'a.mp4', 'b.mp4', 'c.mp4'), '--out', out)
    const killed = start(home, 'queue', 'run')
    await until(() => existsSync(join(out, 'a')) && hiddenIn(out).length > 0)
    killed.kill('SIGKILL')
    await killed.ended
    const before = timesIn(join(out, 'a'))
    const { code, stdout } = await understudy(home, 'queue', 'run', '--json')
    expect(code).toBe(0)
    const { items } = answerIn(stdout)
    expect(items.map(({ name, state }) => `${name} ${state}`)).toEqual([
      'a prepared',
      'b prepared',
      'c prepared',
    ])
    expect(timesIn(join(out, 'a'))).toEqual(before)
    expect(readdirSync(out).sort()).toEqual(['a', 'b', 'c'])
  })

  it('names the file that went away and prepares the others', async () => {
    const { home, root, out } = workplace(media)
    const folder = shoot(root, 'a.mp4', 'b.mp4')
    await understudy(home, 'queue', 'add', '--clip', folder, '--out', out)
    rmSync(join(folder, 'a.mp4'))
    const { code, stdout } = await understudy(home, 'queue', 'run', '--json')
    expect(code).toBe(4)
    const [gone, made] = answerIn(stdout).items
    expect(gone).toMatchObject({ state: 'failed', problem: { code: 'file-missing' } })
    expect(gone?.problem.message).toContain('a.mp4')
    expect(made?.state).toBe('prepared')
  })
})
