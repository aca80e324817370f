import { describe, expect, it } from 'vitest'
import { machineId } from '../../../src/main/system/machine-id.ts'
import type { RunTool, ToolRun } from '../../../src/main/system/ports.ts'

const asked: ToolRun[] = []
const says =
  (text: string, exitCode = 0): RunTool =>
  (run) => {
    asked.push(run)
    return Promise.resolve({ ended: 'exit', exitCode, stdout: Buffer.from(text), stderr: '' })
  }
const never: RunTool = () => Promise.reject(new Error('no tool is needed here'))
const id = '0123456789abcdef0123456789abcdef'

describe('the id of this computer', () => {
  it('is a hash of what the system says, which stays as it is and does not show it', async () => {
    const linux = { run: never, platform: 'linux' as const }
    const one = await machineId({ ...linux, read: () => Promise.resolve(`${id}\n`) })
    expect(one).toMatch(/^[0-9a-f]{32}$/)
    expect(one).not.toBe(id)
    expect(await machineId({ ...linux, read: () => Promise.resolve(id) })).toBe(one)
    expect(await machineId({ ...linux, read: () => Promise.resolve(id.replace('0', '1')) })).not.toBe(one)
  })

  it('is asked of the tools that come with macOS and Windows', async () => {
    const mac = await machineId({
      platform: 'darwin',
      run: says('  | {\n  |   "IOPlatformUUID" = "4F3A6C1E-0000-5000-8000-1234567890AB"\n  | }\n'),
    })
    const windows = await machineId({
      platform: 'win32',
      run: says('\r\n    MachineGuid    REG_SZ    2d1f5c3e-9b7a-4c59-8a8e-6b1c2d3e4f50\r\n\r\n'),
    })
    expect(mac).toMatch(/^[0-9a-f]{32}$/)
    expect(windows).toMatch(/^[0-9a-f]{32}$/)
    expect(asked.map(({ command }) => /[^/\\]+$/.exec(command)?.[0])).toEqual(['ioreg', 'reg.exe'])
  })

  it('is nothing where the system has none to give', async () => {
    expect(
      await machineId({ run: never, platform: 'linux', read: () => Promise.resolve('uninitialized\n') }),
    ).toBeNull()
    expect(
      await machineId({ run: never, platform: 'linux', read: () => Promise.reject(new Error('ENOENT')) }),
    ).toBeNull()
    expect(await machineId({ platform: 'darwin', run: says('', 1) })).toBeNull()
  })
})
