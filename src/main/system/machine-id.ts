import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunTool } from './ports.ts'

type Parts = {
  readonly run: RunTool
  readonly platform?: NodeJS.Platform
  readonly read?: (path: string) => Promise<string>
}

/** machine-id(5); the second is what D-Bus knows where there is no systemd. */
const linuxFiles = ['/etc/machine-id', '/var/lib/dbus/machine-id']

async function fromFiles(read: (path: string) => Promise<string>): Promise<string | null> {
  for (const path of linuxFiles) {
    const id = (await read(path).catch(() => '')).trim()
    if (/^[0-9a-f]{32}$/.test(id)) return id
  }
  return null
}

async function fromTool(run: RunTool, command: string, args: readonly string[], id: RegExp) {
  const { exitCode, stdout } = await run({ command, args, wallLimit: 5000 })
  return exitCode === 0 ? (id.exec(new TextDecoder().decode(stdout))?.[1] ?? null) : null
}

async function systemId({ run, platform = process.platform, read }: Parts): Promise<string | null> {
  if (platform === 'darwin')
    return fromTool(
      run,
      '/usr/sbin/ioreg',
      ['-rd1', '-c', 'IOPlatformExpertDevice'],
      /"IOPlatformUUID" = "([^"]+)"/,
    )
  if (platform === 'win32')
    return fromTool(
      run,
      join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'reg.exe'),
      ['query', 'HKLM\\SOFTWARE\\Microsoft\\Cryptography', '/v', 'MachineGuid'],
      /MachineGuid\s+REG_SZ\s+(\S+)/,
    )
  return fromFiles(read ?? ((path) => readFile(path, 'utf8')))
}

/**
 * Tells this computer from another one; null where the system has no id to give, as in many containers. Only a hash: the
 * id itself would identify its owner to anyone who gets a copy of a library.
 */
export async function machineId(parts: Parts): Promise<string | null> {
  const id = await systemId(parts)
  return id === null ? null : createHash('sha256').update(`understudy ${id}`).digest('hex').slice(0, 32)
}
