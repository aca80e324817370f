import type { AccountView } from '../../shared/domain/account.ts'
import type { Settings } from '../../shared/domain/settings.ts'
import type { Stored } from '../../shared/domain/stored.ts'
import type { Take } from '../../shared/domain/take.ts'
import type { LibraryNotice } from '../../shared/domain/views.ts'
import { formatBytes, type Timestamp } from '../../shared/units.ts'
import type { DoctorReport } from './doctor.ts'

export type DiagnosticsParts = {
  readonly at: Timestamp
  readonly face: string
  readonly doctor: DoctorReport
  readonly settings: Settings
  readonly accounts: readonly AccountView[]
  readonly takes: readonly Take[]
  readonly notices: readonly LibraryNotice[]
  readonly stored: readonly Stored[]
}

const counted = (names: readonly string[]): string => {
  const counts = [...Map.groupBy(names, (name) => name)].map(([name, all]) => `${name} ${String(all.length)}`)
  return counts.length === 0 ? 'none' : counts.toSorted().join(', ')
}

/**
 * What a maintainer needs to know of this computer. Only facts that are named here: no file, take, account or folder is,
 * and no sentence that may name one. `hide` takes out what a fact may still hold, such as the folder of a tool.
 */
export function formatDiagnostics(parts: DiagnosticsParts, hide: (text: string) => string): string {
  const { doctor, settings, accounts, takes, notices, stored } = parts
  const { library } = doctor
  const free = library.freeBytes === null ? 'unknown' : formatBytes(library.freeBytes)
  const lines = [
    'Understudy diagnostics',
    'Keys, names, files and folders are left out.',
    '',
    `Made: ${parts.at}`,
    `Version: ${doctor.version} (${parts.face})`,
    `System: ${doctor.platform}`,
    `Ready: ${doctor.ready ? 'yes' : 'no'}`,
    '',
    'Tools',
    ...doctor.tools.map(({ name, ok, version, origin, note }) => {
      const state = ok ? 'found' : 'missing or not usable'
      return `  ${name}: ${[state, version, origin, note].filter((word) => word !== null).join('; ')}`
    }),
    '',
    'Library',
    `  writable: ${library.writable ? 'yes' : 'no'}; free: ${free}`,
    `  takes: ${counted(takes.map(({ state }) => state))}`,
    `  problems of takes: ${counted(takes.flatMap(({ problem }) => problem?.code ?? []))}`,
    `  notices: ${counted(notices.map(({ problem }) => problem.code))}`,
    ...stored.map(({ part, bytes, files }) => `  ${part}: ${formatBytes(bytes)}, ${String(files)} files`),
    '',
    'Settings',
    `  accounts: ${counted(accounts.map(({ account }) => account.provider))}`,
    `  theme: ${settings.theme}; language: ${settings.language}; notifications: ${settings.notifications ? 'on' : 'off'}`,
    `  limits: ${settings.guards.perTake === null && settings.guards.perDay === null ? 'none' : 'set'}`,
    `  prices entered: ${String(Object.keys(settings.prices).length)}; presets: ${String(settings.presets.length)}; own shortcuts: ${String(Object.keys(settings.shortcuts).length)}`,
    `  last provider: ${settings.lastTake.provider}/${settings.lastTake.model}`,
    '',
  ]
  return lines.map(hide).join('\n')
}
