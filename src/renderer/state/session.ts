import type { About, ProviderView } from '../../shared/domain/views.ts'
import type { Problem } from '../../shared/outcome.ts'
import { defaultSettings, type Settings, type SettingsChange } from '../../shared/domain/settings.ts'
import { desktop } from '../lib/desktop.ts'
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
    const isAnother = get().about?.startedAt !== about.value.startedAt
    set({
      about: about.value,
      settings: settings.value,
      providers: providers.value,
      start: { step: 'ready' },
    })
    if (first) {
      const { fit, ...last } = settings.value.lastTake
      // The files of that take are not here any more.
      get().changeTakeSettings({ ...last, fit: { ...fit, crop: null, short: null } })
    }
    const { windowNotice } = about.value
    if (first && windowNotice) get().tell({ tone: 'warn', ...windowNotice })
    await Promise.all([get().readTakes(), get().readAccounts(), get().readQueue(), get().readSpend()])
    // A core that was started since knows none of the files by what this window calls them.
    if (isAnother) await get().openDesk()
  },

  readAbout: async () => {
    const about = await desktop().ask['app:about']({})
    if (about.ok) set({ about: about.value })
  },

  setConnected: (connected) => {
    // After a break the core may be another one, which knows none of the old findings.
    set({ connected, ...(connected && { checked: null }) })
    if (connected) void get().readCore()
  },

  setSettings: (settings) => {
    set({ settings })
  },

  changeSettings: async (change) => {
    const answer = await desktop().ask['settings:change']({ change })
    if (answer.ok) set({ settings: answer.value })
    else get().tellProblem(answer.problem)
  },
})
