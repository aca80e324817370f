import { mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildCommandLine, understudy, workplace } from '../support/processes/command-line.ts'

const disk = mkdtempSync(join(tmpdir(), 'understudy-library-'))
beforeAll(buildCommandLine)
afterAll(() => {
  rmSync(disk, { recursive: true, force: true })
})

it('a library that was moved is found from its old place, and an older one is never opened instead', async () => {
  const { home } = workplace(disk)
  const to = join(disk, 'moved')
  const moved = await understudy(home, 'library', 'move', '--to', to, '--json')
  expect(moved.code).toBe(0)
  expect(JSON.parse(moved.stdout)).toMatchObject({ to })
  const doctor = await understudy(home, 'doctor', '--json')
  expect(JSON.parse(doctor.stdout)).toMatchObject({ library: { path: to } })
  expect(await understudy(home, 'takes', 'list')).toMatchObject({ code: 0 })
  renameSync(to, `${to} away`)
  const gone = await understudy(home, 'takes', 'list')
  expect(gone.code).not.toBe(0)
  expect(gone.stderr).toContain(`Your library was moved to “${to}”, which can’t be reached.`)
})
