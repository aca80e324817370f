import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { exitCode, isThisNode } from '../../../scripts/lib/launch.mjs'
import { run } from '../../../scripts/lib/run.mjs'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'understudy-launch-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const lib = pathToFileURL(join(import.meta.dirname, '../../../scripts/lib/launch.mjs')).href

/** A script that launches a program the way `npm run understudy` does when it runs under an older Node. */
function aLauncher(program: string): string {
  const child = join(folder, 'child.mjs')
  writeFileSync(child, program)
  const parent = join(folder, 'parent.mjs')
  writeFileSync(
    parent,
    `import { launch } from ${JSON.stringify(lib)}\n` +
      `process.exitCode = await launch(process.execPath, [${JSON.stringify(child)}, ...process.argv.slice(2)])\n`,
  )
  return parent
}

describe('launching a program', () => {
  it('hands on its arguments, its output and its exit code', async () => {
    const parent = aLauncher('console.log(process.argv.slice(2).join("|")); process.exitCode = 6')
    const result = await run(process.execPath, [parent, 'a b', '--json'])
    expect(result).toMatchObject({ code: 6, output: 'a b|--json\n' })
  })

  it.skipIf(process.platform === 'win32')('hands on a signal and waits for the program to end', async () => {
    const parent = aLauncher(
      'process.on("SIGTERM", () => { console.log("asked to stop"); process.exit(130) }); setInterval(() => {}, 1e6); console.log("ready")',
    )
    const child = spawn(process.execPath, [parent], { stdio: ['ignore', 'pipe', 'inherit'] })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      if (output === 'ready\n') child.kill('SIGTERM')
    })
    const code = await new Promise((resolve) => child.once('close', resolve))
    expect({ code, output }).toEqual({ code: 130, output: 'ready\nasked to stop\n' })
  })

  it('counts a program ended by a signal the way a shell does', () => {
    expect(exitCode(null, 'SIGKILL')).toBe(137)
    expect(exitCode(0, null)).toBe(0)
  })

  it('needs no second process under the Node it wants', () => {
    expect(isThisNode({ path: process.execPath, version: '' })).toBe(true)
    expect(isThisNode({ path: join(folder, 'missing'), version: '' })).toBe(false)
  })
})

describe('running a tool', () => {
  it('answers in words when the program does not exist', async () => {
    const result = await run(join(folder, 'missing'), [])
    expect(result.ok).toBe(false)
    expect(result.output).toContain('ENOENT')
  })

  it.skipIf(process.platform === 'win32')('kills what hangs, together with its children', async () => {
    // The grandchild holds the output open: the run only ends when it is gone as well.
    const result = await run('/bin/sh', ['-c', 'sleep 1000000 & sleep 1000000'], { limit: 1000 })
    expect(result).toMatchObject({ ok: false, timedOut: true })
  })
})
