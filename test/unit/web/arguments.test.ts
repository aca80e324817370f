import { describe, expect, it } from 'vitest'
import { readArguments } from '../../../src/main/web/arguments.ts'
import { devRenderer } from '../../../src/main/web/pages.ts'

const read = (...args: string[]) => readArguments(args, '/where/the/user/stands')

describe('the arguments of the browser face', () => {
  it('may all be left out', () => {
    expect(read()).toEqual({ ok: true, value: { port: 0, open: true, home: null } })
  })

  it('choose port, window and library', () => {
    expect(read('--port', '5005', '--no-open', '--home', '/data/studio')).toEqual({
      ok: true,
      value: { port: 5005, open: false, home: '/data/studio' },
    })
  })

  it('mean folders from where the user stands', () => {
    expect(read('--home', '../studio')).toMatchObject({ value: { home: '/where/the/user/studio' } })
  })

  it.each([
    ['--port', '80'],
    ['--port', '65536'],
    ['--port', '-1'],
    ['--port', '5e3'],
    ['--port', ''],
    ['--port'],
    ['--open'],
    ['studio'],
    ['--home'],
  ])('%s %s is refused with a sentence and what is possible', (...args) => {
    expect(read(...args)).toMatchObject({
      ok: false,
      problem: { code: 'usage', advice: expect.stringContaining('--no-open') },
    })
  })
})

describe('the dev server', () => {
  it.each(['http://127.0.0.1:5173', 'http://localhost:5173/'])('%s is believed', (address) => {
    expect(devRenderer({ UNDERSTUDY_RENDERER_URL: address })?.href).toBe(new URL(address).href)
  })

  it.each([
    'http://evil.example:5173',
    'https://127.0.0.1:5173',
    'http://127.0.0.1.evil.example',
    'file:///x',
    'x',
    '',
  ])('%s is not', (address) => {
    expect(devRenderer({ UNDERSTUDY_RENDERER_URL: address })).toBeNull()
  })

  it('is nobody when nothing is said', () => {
    expect(devRenderer({})).toBeNull()
  })
})
