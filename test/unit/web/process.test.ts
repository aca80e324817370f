import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from '../files/temporary-folder.ts'
import { askPort } from './a-face.ts'

const entry = join(import.meta.dirname, '../../../src/main/web/index.ts')

/** The browser face as a process of its own, from source. */
function start(home: string, ...args: string[]) {
  const child = spawn(process.execPath, [entry, '--home', home, ...args], {
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

async function enter(line: string) {
  const url = new URL(line.replace('Understudy is open at ', '').trim())
  const port = Number(url.port)
  const entered = await askPort(port, url.pathname + url.search)
  return { port, cookie: entered.headers['set-cookie']?.[0]?.split(';')[0] ?? '' }
}

describe('the browser face as a process', () => {
  it('prints one line with an address that lets in, and leaves in order when interrupted', async () => {
    const home = await temporaryFolder()
    const studio = start(home, '--no-open')
    const line = await studio.firstLine
    expect(line).toMatch(/^Understudy is open at http:\/\/127\.0\.0\.1:\d+\/\?token=[A-Za-z0-9_-]{43}\n$/)
    const { port, cookie } = await enter(line)
    const media = await askPort(port, '/media/m_unknown', { headers: { cookie } })
    expect(media.status).toBe(404)
    studio.child.kill('SIGINT')
    expect(await studio.exit).toBe(0)
    expect(await studio.printed).toBe(line)
    expect(await studio.said).toBe('')
  })

  it('says in a sentence that the library is open elsewhere, and leaves the files dropped there alone', async () => {
    const home = await temporaryFolder()
    const first = start(home, '--no-open')
    const { port, cookie } = await enter(await first.firstLine)
    const headers = { cookie, origin: `http://127.0.0.1:${port}`, 'x-file-name': 'a.png' }
    const upload = await askPort(port, '/upload', { method: 'POST', headers, body: 'x' })
    expect(upload.status).toBe(200)
    const second = start(home, '--no-open')
    expect(await second.exit).toBe(7)
    expect(await second.printed).toBe('')
    expect(await second.said).toMatch(/^[^\n]*already[^\n]*\n$/)
    expect(await readdir(join(home, 'dropped'))).toHaveLength(1)
  })

  it('deletes at the next start what was dropped into it before', async () => {
    const home = await temporaryFolder()
    const first = start(home, '--no-open')
    const { port, cookie } = await enter(await first.firstLine)
    const headers = { cookie, origin: `http://127.0.0.1:${port}`, 'x-file-name': 'a.png' }
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
    const { port, cookie } = await enter(line)
    expect((await askPort(port, '/media/m_unknown', { headers: { cookie } })).status).toBe(404)
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
