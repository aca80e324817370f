import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from '../files/temporary-folder.ts'
import { askPort, enter } from './a-face.ts'

const entry = join(import.meta.dirname, '../../../src/main/web/index.ts')

/** The browser face as a process of its own, from source. */
function start(home: string, ...args: string[]) {
  // With a umask that takes nothing away, as some desktops and containers have it.
  const [command, ...before] =
    process.platform === 'win32'
      ? [process.execPath]
      : ['/bin/sh', '-c', 'umask 0; exec "$0" "$@"', process.execPath]
  const child = spawn(command, [...before, entry, '--home', home, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '', NODE_OPTIONS: '' },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const exit = once(child, 'exit').then(([code]) => code as number | null)
  const printed = text(child.stdout)
  const said = text(child.stderr)
  const firstLine = once(child.stdout, 'data').then(([chunk]) => String(chunk))
  return { child, exit, printed, said, firstLine }
}

/** What other users of the machine could read or write, the folder itself included. */
async function openToOthers(home: string): Promise<readonly string[]> {
  if (process.platform === 'win32') return []
  const names = ['.', ...(await readdir(home, { recursive: true }))]
  const open = await Promise.all(
    names.map(async (name) => ((await stat(join(home, name))).mode & 0o077 ? [name] : [])),
  )
  return open.flat()
}

const addressIn = (lines: string) => /http:\S+/.exec(lines.trim().split('\n').at(-1) ?? '')?.[0] ?? ''

describe('the browser face as a process', () => {
  it('prints one line with an address that lets in, and leaves in order when interrupted', async () => {
    const home = await temporaryFolder()
    const studio = start(home, '--no-open')
    const line = await studio.firstLine
    expect(line).toMatch(
      /^Understudy is open at http:\/\/[0-9a-f]{20}\.localhost:\d+\/\?ticket=[A-Za-z0-9_-]{43}\n$/,
    )
    const { port, headers } = await enter(addressIn(line))
    const media = await askPort(port, '/media/m_unknown', { headers })
    expect(media.status).toBe(404)
    studio.child.kill('SIGINT')
    expect(await studio.exit).toBe(0)
    const [first, next, ...more] = (await studio.printed).trim().split('\n')
    expect(`${first}\n`).toBe(line)
    expect(next).toMatch(/^To open it in another browser: http:/)
    expect(addressIn(next ?? '')).not.toBe(addressIn(line))
    expect(more).toEqual([])
    expect(await studio.said).toBe('')
  })

  it('keeps what it has to itself, says in a sentence that the library is open elsewhere, and leaves dropped files alone', async () => {
    const home = await temporaryFolder()
    await chmod(home, 0o777)
    const first = start(home, '--no-open')
    const page = await enter(addressIn(await first.firstLine))
    const { port } = page
    const headers = { ...page.headers, 'x-file-name': 'a.png' }
    const upload = await askPort(port, '/upload', { method: 'POST', headers, body: 'x' })
    expect(upload.status).toBe(200)
    expect(await openToOthers(home)).toEqual([])
    const second = start(home, '--no-open')
    expect(await second.exit).toBe(7)
    expect(await second.printed).toBe('')
    expect(await second.said).toMatch(/^[^\n]*already[^\n]*\n$/)
    expect(await readdir(join(home, 'dropped'))).toHaveLength(1)
  })

  it('deletes at the next start what was dropped into it before', async () => {
    const home = await temporaryFolder()
    const first = start(home, '--no-open')
    const page = await enter(addressIn(await first.firstLine))
    const { port } = page
    const headers = { ...page.headers, 'x-file-name': 'a.png' }
    await askPort(port, '/upload', { method: 'POST', headers, body: 'x' })
    first.child.kill('SIGKILL')
    await first.exit
    const second = start(home, '--no-open')
    await second.firstLine
    expect(await readdir(join(home, 'dropped'))).toEqual([])
  })

  it('says after the address why there is no window, and goes on', async () => {
    const studio = start(await temporaryFolder())
    const line = await studio.firstLine
    const [reason] = await once(studio.child.stderr, 'data')
    expect(String(reason)).toMatch(/display/)
    const { port, headers } = await enter(addressIn(line))
    expect((await askPort(port, '/media/m_unknown', { headers })).status).toBe(404)
  })

  it.each([['--port', '80'], ['--wrong']])(
    '%s %s ends it with exit code 2 and a sentence',
    async (...args) => {
      const home = await temporaryFolder()
      const studio = start(home, ...args)
      expect(await studio.exit).toBe(2)
      expect(await studio.printed).toBe('')
      expect(await studio.said).toMatch(/^[^\n]+\.\n$/)
      expect(await readdir(home)).toEqual([])
    },
  )
})
