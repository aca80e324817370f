import { constants, copyFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Conf from 'conf'
import { lostGuards, readSettings } from '../../shared/domain/settings.ts'
import type { Milliseconds } from '../../shared/units.ts'
import type { SettingsStore } from '../system/ports.ts'
import { systemClock } from '../system/clock.ts'
import { writeWholeSync } from '../files/write-whole.ts'
import { fail, type Problem } from '../../shared/outcome.ts'
import type { Guards } from '../../shared/domain/money.ts'

/** The part of `conf` (and of electron-store, which is built on it) that settings need. */
type SettingsFile = {
  readonly store: unknown
  readonly set: (values: Record<string, unknown>) => void
}

type Place = {
  /** The folder that holds `settings.json`. */
  readonly home: string
  readonly now: () => Milliseconds
  /** Opened on first use: opening it makes the folder, and that is the core's to do and to report. */
  readonly open: () => SettingsFile
}

const fileName = 'settings.json'

function isSound(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}

/**
 * A damaged file keeps its content under another name; its replacement says that the limits are lost.
 * There is no moment without either of them. False where nothing can be written.
 */
function putAsideDamaged(home: string, now: Milliseconds): boolean {
  const path = join(home, fileName)
  if (!existsSync(path) || isSound(readFileSync(path, 'utf8'))) return true
  const name = `${fileName}.damaged-${new Date(now).toISOString().replaceAll(/[:.]/g, '-')}`
  try {
    copyFileSync(path, join(home, name), constants.COPYFILE_EXCL)
    writeWholeSync(path, JSON.stringify({ guards: lostGuards(name) }), { durable: true })
    return true
  } catch {
    return false
  }
}

/** Reading makes nothing where there is nothing yet. */
export function createSettingsStore({ home, now, open }: Place): SettingsStore {
  let opened: SettingsFile | undefined
  const file = () => {
    opened ??= open()
    return opened
  }
  const read = () => {
    // Checked each time, because the file is read each time, too.
    if (!putAsideDamaged(home, now())) return readSettings({ guards: lostGuards(fileName) })
    return existsSync(join(home, fileName)) ? readSettings(file().store) : readSettings({})
  }
  return {
    read,
    change: ({ guards, ...change }) => {
      putAsideDamaged(home, now())
      // A user who sets a limit has seen both.
      const looked = guards && { guards: { perTake: guards.perTake, perDay: guards.perDay } }
      file().set({ ...change, ...looked })
      return read()
    },
  }
}

/** The settings of the faces without Electron: the same `settings.json` that electron-store writes there. */
export const openSettingsFile = (home: string, now = systemClock.now): SettingsStore =>
  createSettingsStore({
    home,
    now,
    open: () =>
      new Conf({ cwd: home, configName: 'settings', clearInvalidConfig: false, configFileMode: 0o600 }),
  })

/** What became of settings that couldn't be read, until the user has looked at the limits. */
export function settingsProblem({ lost }: Guards): Problem | null {
  if (lost === undefined) return null
  const isAside = lost.includes('.damaged-')
  return fail(
    'file-damaged',
    isAside
      ? `The settings couldn’t be read and were reset. The damaged file is kept as ${lost}.`
      : `The spending limits in ${lost} can’t be read.`,
    {
      advice:
        `${isAside ? 'Enter your accounts, prices and limits again.' : ''} Until you set a limit in the window, Understudy asks before every paid take.`.trimStart(),
    },
  ).problem
}
