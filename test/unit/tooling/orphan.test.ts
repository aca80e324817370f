import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { guardians, readStat } from '../../../scripts/lib/orphan.mjs'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'understudy-orphan-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('whose death ends a program', () => {
  it('is npm itself, through the shell that npm runs scripts in', () => {
    const stat = (pid: number) => (pid === 20 ? { name: 'sh', parent: 10 } : null)
    expect(guardians(20, stat)).toEqual([20, 10])
  })

  it('is only npm where there is no shell in between, and never the terminal of the user', () => {
    expect(guardians(10, () => ({ name: 'npm start', parent: 1 }))).toEqual([10])
    expect(guardians(10, () => null)).toEqual([10])
  })

  it('is read even when a name holds parentheses', () => {
    expect(readStat(7, () => '7 (a) b (c)) S 42 7 7 0')).toEqual({ name: 'a) b (c)', parent: 42 })
    expect(readStat(7, () => 'nonsense')).toBeNull()
  })
})

// The output stays open as long as the program lives, so its end is the end of the program.
describe.skipIf(process.platform === 'win32')('a program started through npm', () => {
  const lib = pathToFileURL(join(import.meta.dirname, '../../../scripts/lib/orphan.mjs')).href
  const linuxOnly = process.platform === 'linux' ? ['SIGKILL' as const] : []

  it.each(['SIGTERM' as const, ...linuxOnly])('ends when npm is ended by %s', async (signal) => {
    const program = join(folder, 'program.mjs')
    writeFileSync(
      program,
      `import { endWithNpm } from ${JSON.stringify(lib)}
       process.on('SIGTERM', () => { console.log('ended in order'); process.exit() })
       setInterval(() => {}, 1e6)
       endWithNpm()
       console.log('ready')`,
    )
    // What npm does: a process that runs a shell that runs the program.
    const shell = `const { spawn } = require('node:child_process')
      const shell = spawn('/bin/sh', ['-c', '"$NODE" "$PROGRAM"; true'], { stdio: 'inherit' })
      process.on('SIGTERM', () => { shell.kill('SIGTERM'); process.exit() })`
    const npm = spawn(process.execPath, ['-e', shell], {
      env: { ...process.env, NODE: process.execPath, PROGRAM: program, npm_lifecycle_event: 'start' },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const closed = once(npm.stdout, 'close')
    const lines: string[] = []
    for await (const line of createInterface({ input: npm.stdout })) {
      lines.push(line)
      if (line === 'ready') npm.kill(signal)
    }
    await closed
    expect(lines).toEqual(['ready', 'ended in order'])
  })
})
