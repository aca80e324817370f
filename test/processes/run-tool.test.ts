import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createRunTool } from '../../src/main/processes/run-tool.ts'
import { isAlive } from '../support/processes/a-parent.ts'
import { createWorkbench, type Workbench } from '../support/clips/media-kit.ts'
import { waitUntil } from '../support/processes/wait-until.ts'

const run = createRunTool()
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
const node = (script: string) => ({ command: process.execPath, args: ['-e', script], wallLimit: 60_000 })

/** An ffmpeg that would run for hours. */
const endless = [
  '-v',
  'error',
  '-nostdin',
  '-re',
  '-f',
  'lavfi',
  '-i',
  'testsrc',
  '-t',
  '36000',
  '-f',
  'null',
  '-',
]

describe('running a tool', () => {
  it('passes arguments on untouched by any shell', async () => {
    const hostile = ['$(touch /tmp/never)', '; exit 3', '* ?', '“quoted”', 'two\nlines', '']
    const exit = await run({
      command: process.execPath,
      args: ['-e', 'process.stdout.write(JSON.stringify(process.argv.slice(1)))', '--', ...hostile],
      wallLimit: 60_000,
    })
    expect(exit).toMatchObject({ ended: 'exit', exitCode: 0 })
    expect(JSON.parse(text(exit.stdout))).toEqual(hostile)
  })

  it('tells a tool nothing about the keys of the user', async () => {
    process.env['UNDERSTUDY_KLING_KEY'] = 'canary-key'
    try {
      const script = 'process.stdout.write(JSON.stringify(process.env))'
      const { stdout } = await run({ command: process.execPath, args: ['-e', script], wallLimit: 60_000 })
      const told = JSON.parse(Buffer.from(stdout).toString()) as Record<string, string>
      expect(told['PATH']).toBe(process.env['PATH'])
      expect(JSON.stringify(told)).not.toContain('canary-key')
    } finally {
      delete process.env['UNDERSTUDY_KLING_KEY']
    }
  })

  it('gives the exit code and the last words on standard error, however many came before', async () => {
    const exit = await run(
      node('for (let i = 0; i < 5000; i++) console.error("line " + i); process.exitCode = 7'),
    )
    expect(exit.exitCode).toBe(7)
    expect(exit.stderr).toMatch(/line 4999$/)
    expect(exit.stderr.length).toBeLessThanOrEqual(8 * 1024)
  })

  it('notes each tool by its number and its command line, and strikes it off when it has ended', async () => {
    const noted: unknown[] = []
    const noting = createRunTool({
      trackTool: (pid, command) => {
        noted.push([pid, command])
        return () => noted.push('struck off')
      },
    })
    const telling = node('process.stdout.write(String(process.pid))')
    const { stdout } = await noting(telling)
    expect(noted).toEqual([[Number(text(stdout)), [telling.command, ...telling.args]], 'struck off'])
    await noting({ command: '/nowhere/at/all', args: [], wallLimit: 1000 })
    expect(noted).toHaveLength(2)
  })

  it('answers "missing" for a program that is not there, by name or by path', async () => {
    for (const command of ['understudy-has-no-such-tool', '/nowhere/at/all'])
      expect(await run({ command, args: [], wallLimit: 1000 })).toMatchObject({
        ended: 'missing',
        exitCode: null,
      })
  })

  it('gives standard input to the tool and closes it', async () => {
    async function* words() {
      yield new TextEncoder().encode('one ')
      yield new TextEncoder().encode('two')
    }
    const exit = await run({ ...node('process.stdin.pipe(process.stdout)'), input: words() })
    expect(text(exit.stdout)).toBe('one two')
  })

  // Only there are the cores shared out among sessions before priorities count.
  it.skipIf(!existsSync('/proc/self/autogroup'))('lets a tool stand back behind all others', async () => {
    const tool = node('process.stdout.write(require("node:fs").readFileSync("/proc/self/autogroup"))')
    expect(text((await run(tool)).stdout)).toMatch(/ nice 0$/m)
    expect(text((await run({ ...tool, yields: true })).stdout)).toMatch(/ nice 10$/m)
  })

  it('does not fail when the tool ends before it has read its input', async () => {
    async function* much() {
      for (let block = 0; block < 64; block += 1) yield new Uint8Array(65_536)
    }
    expect(await run({ ...node('process.exit(0)'), input: much() })).toMatchObject({
      ended: 'exit',
      exitCode: 0,
    })
  })

  it('stops a tool that writes without end instead of filling the memory', async () => {
    const exit = await run(
      node(
        'const b = Buffer.alloc(1 << 20); const w = () => { while (process.stdout.write(b)); process.stdout.once("drain", w) }; w()',
      ),
    )
    expect(exit.exitCode).toBeNull()
    expect(exit.stdout.length).toBeLessThanOrEqual(64 * 1024 * 1024)
  })

  it('does not start anything for a call that is already cancelled', async () => {
    const exit = await run({ ...node('process.stdout.write("ran")'), signal: AbortSignal.abort() })
    expect(exit).toMatchObject({ ended: 'cancelled', exitCode: null })
    expect(exit.stdout).toHaveLength(0)
  })
})

describe.skipIf(process.platform === 'win32')('ending a tool', () => {
  let bench: Workbench
  let pidFile: string
  /** ffmpeg, started by a script that first writes down the process id they share. */
  let telling: string
  const toldPid = () =>
    waitUntil(async () => Number(await readFile(pidFile, 'utf8').catch(() => '0')) || null)

  beforeAll(async () => {
    bench = await createWorkbench()
    pidFile = join(bench.folder, 'ffmpeg.pid')
    telling = join(bench.folder, 'ffmpeg-that-tells-its-pid')
    await writeFile(telling, `#!/bin/sh\necho $$ > '${pidFile}'\nexec '${bench.mediaTools.ffmpeg}' "$@"\n`)
    await chmod(telling, 0o755)
  })
  beforeEach(() => rm(pidFile, { force: true }))
  afterAll(() => bench.remove())

  it('leaves no ffmpeg behind when it is cancelled', async () => {
    const controller = new AbortController()
    const exit = await run({
      command: telling,
      args: ['-progress', 'pipe:1', ...endless],
      wallLimit: 600_000,
      signal: controller.signal,
      onOutput: () => {
        controller.abort()
      },
    })
    expect(exit.ended).toBe('cancelled')
    expect(await isAlive(await toldPid())).toBe(false)
  })

  it('ends the children of a cancelled tool too, even those that ignore the polite signal', async () => {
    const grandchild = join(bench.folder, 'grandchild.pid')
    const stubborn = join(bench.folder, 'stubborn.mjs')
    await writeFile(
      stubborn,
      `import { spawn } from 'node:child_process'
       import { writeFileSync } from 'node:fs'
       process.on('SIGTERM', () => {})
       const child = spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => {}); console.log("up"); setInterval(() => {}, 1000)'])
       child.stdout.once('data', () => { writeFileSync(${JSON.stringify(grandchild)}, String(child.pid)); console.log('ready') })`,
    )
    const controller = new AbortController()
    const exit = await run({
      command: process.execPath,
      args: [stubborn],
      wallLimit: 600_000,
      signal: controller.signal,
      onOutput: () => {
        controller.abort()
      },
    })
    expect(exit.ended).toBe('cancelled')
    // Only its parent hears when a killed process is gone, and that is the system by now.
    const pid = Number(await readFile(grandchild, 'utf8'))
    await waitUntil(async () => ((await isAlive(pid)) ? null : true))
  })

  it('leaves no ffmpeg behind at its wall limit', async () => {
    const exit = await run({ command: telling, args: endless, wallLimit: 500 })
    expect(exit.ended).toBe('wall-limit')
    expect(await isAlive(await toldPid())).toBe(false)
  })

  it('ends a tool that says nothing for too long, but not one that keeps talking', async () => {
    expect(await run({ ...node('setInterval(() => {}, 1000)'), stallLimit: 400 })).toMatchObject({
      ended: 'stalled',
    })
    const talking = node(
      'let n = 0; const t = setInterval(() => { console.log(n++); if (n === 12) clearInterval(t) }, 250)',
    )
    expect(await run({ ...talking, stallLimit: 2500 })).toMatchObject({ ended: 'exit', exitCode: 0 })
    const complaining = node(String(talking.args[1]).replace('console.log', 'console.error'))
    const heard = { ...complaining, stallLimit: 2500, onComplaint: () => true }
    expect(await run(heard)).toMatchObject({ ended: 'exit', exitCode: 0 })
  })

  it('does not end a tool that waits for its input, but one that leaves it unread', async () => {
    async function* late() {
      await new Promise((resolve) => {
        setTimeout(resolve, 1500)
      })
      yield new Uint8Array(9)
    }
    async function* much() {
      for (let block = 0; block < 64; block += 1) yield new Uint8Array(65_536)
    }
    const reads = node('process.stdin.resume()')
    expect(await run({ ...reads, input: late(), stallLimit: 400 })).toMatchObject({ ended: 'exit' })
    const deaf = node('setInterval(() => {}, 1000)')
    expect(await run({ ...deaf, input: much(), stallLimit: 400 })).toMatchObject({ ended: 'stalled' })
  })

  it.runIf(process.platform === 'linux')('dies with us when we are killed without warning', async () => {
    const module = join(import.meta.dirname, '../../src/main/processes/run-tool.ts')
    const parent = spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `import { createRunTool } from ${JSON.stringify(module)}
         await createRunTool()({ command: ${JSON.stringify(telling)}, args: ${JSON.stringify(endless)}, wallLimit: 600000 })`,
      ],
      { stdio: 'ignore' },
    )
    const pid = await toldPid()
    expect(await isAlive(pid)).toBe(true)

    parent.kill('SIGKILL')
    await once(parent, 'exit')

    await waitUntil(async () => ((await isAlive(pid)) ? null : true))
  })
})
