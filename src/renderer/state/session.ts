import type { About, ProviderView } from '../../shared/domain/views.ts'
import { builtInPresets, findPreset } from '../../shared/domain/preset.ts'
import type { TakeSettings } from '../../shared/domain/take.ts'
import type { Problem } from '../../shared/outcome.ts'
import { defaultSettings, type Settings, type SettingsChange } from '../../shared/domain/settings.ts'
import { desktop } from '../lib/desktop.ts'
import { playChime } from '../lib/chime.ts'
import { chooseLanguage } from '../lib/language.ts'
import { chooseShortcuts } from '../lib/shortcuts.ts'
import type { Slice } from './store.ts'

/** What this window knows about the core it talks to. */
export type SessionSlice = {
  readonly start:
    | { readonly step: 'starting' }
    | { readonly step: 'ready' }
    | { readonly step: 'failed'; readonly problem: Problem }
  readonly connected: boolean
  readonly about: About | null
  readonly providers: readonly ProviderView[]
  readonly settings: Settings
  /** Reads everything once, at the start and again after the line to the core was lost. */
  readonly readCore: () => Promise<void>
  /** What is said about the whole library may change while the window is open. */
  readonly readAbout: () => Promise<void>
  readonly setConnected: (connected: boolean) => void
  readonly setSettings: (settings: Settings) => void
  readonly changeSettings: (change: SettingsChange) => Promise<void>
  /** The sound of a take that is done or needs the user, unless it is off. */
  readonly chime: () => void
  readonly saveDiagnostics: () => Promise<void>
}

/** What is read past the store: before the window is drawn with these settings. */
function follow({ shortcuts, language }: Settings): void {
  chooseShortcuts(shortcuts)
  chooseLanguage(language)
}

const moved = (to: string, from: string) => ({
  title: `The library is now in ${to}.`,
  advice: `Keep moved.json and the folder “dropped” in ${from}. Without them Understudy doesn’t find this library.`,
})

/** With what a take begins where nothing is open: the preset of the user, else the settings of the last take. */
function firstSettings(
  { startPreset, presets, lastTake }: Settings,
  providers: readonly ProviderView[],
): TakeSettings {
  const known = [...presets, ...builtInPresets(providers.flatMap(({ models }) => models))]
  const preset = startPreset === null ? undefined : findPreset(known, startPreset)
  const choices = preset?.choices ?? lastTake
  const account = choices.provider === lastTake.provider ? lastTake.account : null
  const settings = { ...lastTake, ...choices, account }
  // The files of that take are not here any more.
  return { ...settings, fit: { ...settings.fit, crop: null, short: null } }
}

export const createSessionSlice: Slice<SessionSlice> = (set, get) => ({
  start: { step: 'starting' },
  connected: true,
  about: null,
  providers: [],
  settings: defaultSettings,

  readCore: async () => {
    const { ask } = desktop()
    const [about, settings, providers] = await Promise.all([
      ask['app:about']({}),
      ask['settings:read']({}),
      ask['providers:list']({}),
    ])
    const failed = [about, settings, providers].find((answer) => !answer.ok)
    if (failed?.ok === false && get().start.step !== 'ready')
      set({ start: { step: 'failed', problem: failed.problem } })
    if (!about.ok || !settings.ok || !providers.ok) return
    const first = get().start.step !== 'ready'
    follow(settings.value)
    const isAnother = get().about?.startedAt !== about.value.startedAt
    set({
      about: about.value,
      settings: settings.value,
      providers: providers.value,
      start: { step: 'ready' },
    })
    if (first) get().changeTakeSettings(firstSettings(settings.value, providers.value))
    const { windowNotice, movedFrom } = about.value
    if (first && movedFrom !== null) get().tell({ tone: 'good', ...moved(about.value.library, movedFrom) })
    if (first && windowNotice) get().tell({ tone: 'warn', ...windowNotice })
    await Promise.all([
      get().readTakes(),
      get().readAccounts(),
      get().readQueue(),
      get().readTakeQueue(),
      get().readSpend(),
      get().readBoards(),
    ])
    // A core that was started since knows none of the files by what this window calls them.
    if (isAnother) await get().openDesk()
  },

  readAbout: async () => {
    const about = await desktop().ask['app:about']({})
    if (about.ok) set({ about: about.value })
  },

  setConnected: (connected) => {
    // After a break the core may be another one, which knows none of the old findings.
    // How far a move of the library is comes again with its next step, if it still runs.
    set({ connected, ...(connected && { checked: null, moving: null, movedTo: null }) })
    if (connected) void get().readCore()
  },

  setSettings: (settings) => {
    follow(settings)
    set({ settings })
  },

  changeSettings: async (change) => {
    const answer = await desktop().ask['settings:change']({ change })
    if (answer.ok) get().setSettings(answer.value)
    else get().tellProblem(answer.problem)
  },

  chime: () => {
    const { notificationSound, volume } = get().settings
    if (notificationSound) void playChime(volume)
  },

  saveDiagnostics: () =>
    get().saveWhere({
      asked: { what: 'diagnostics', take: null },
      title: 'Save the diagnostics',
      save: (folder, name) => desktop().ask['diagnostics:save']({ folder, name }),
    }),
})
