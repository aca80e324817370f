import type { CallName } from '../../shared/contract.ts'
import type { Scan, Waveform } from '../../shared/domain/media.ts'
import type { Slice } from './store.ts'
import { desktop } from '../lib/desktop.ts'
import type { ClipInspection } from './intake.ts'
import { edgesOf, evenEdges, type Edges } from './trim-window.ts'

/** What a closer look at the clip has found so far. */
export type ClipLook = {
  readonly token: string
  /** Evenly laid out until the exact times are known. */
  readonly edges: Edges
  /** null while it is looked for, and where it could not be had. */
  readonly scan: Scan | null
  readonly waveform: Waveform | null
  /** What is still on its way, by the id of its call. */
  readonly pending: Readonly<Partial<Record<CallName, string>>>
}

export type LookSlice = {
  readonly clipLook: ClipLook | null
  /** Whether the preview is silent. */
  readonly clipMuted: boolean
  readonly toggleClipSound: () => void
  /** Looks closer at a clip, once; answers with how to stop. */
  readonly lookAtClip: (clip: ClipInspection) => () => void
}

const lookCalls = ['clip:frame-times', 'clip:waveform', 'clip:scan'] as const
type LookCall = (typeof lookCalls)[number]

export const createLookSlice: Slice<LookSlice> = (set, get) => {
  const change = (token: string, found: Partial<ClipLook>, done: LookCall) => {
    const look = get().clipLook
    if (look?.token !== token) return
    const { [done]: _, ...pending } = look.pending
    set({ clipLook: { ...look, ...found, pending } })
  }

  const stop = () => {
    const look = get().clipLook
    const calls = Object.values(look?.pending ?? {})
    if (calls.length === 0) return
    set({ clipLook: null })
    for (const call of calls) void desktop().ask['call:cancel']({ call })
  }

  async function look({ file, facts }: ClipInspection): Promise<void> {
    const args = { file: file.token }
    const pending = Object.fromEntries(lookCalls.map((name) => [name, crypto.randomUUID()]))
    set({
      clipLook: { token: file.token, edges: evenEdges(facts), scan: null, waveform: null, pending },
    })
    const { ask } = desktop()
    const wave = ask['clip:waveform'](args, pending['clip:waveform']).then((answer) => {
      change(file.token, answer.ok ? { waveform: answer.value } : {}, 'clip:waveform')
    })
    const times = await ask['clip:frame-times'](args, pending['clip:frame-times'])
    const exact = times.ok && times.value.length > 0
    change(file.token, exact ? { edges: edgesOf(times.value, facts.duration) } : {}, 'clip:frame-times')
    // The scan reads the whole clip: it comes after what the window needs at once.
    if (get().clipLook?.token !== file.token) return
    const scan = await ask['clip:scan'](args, pending['clip:scan'])
    change(file.token, scan.ok ? { scan: scan.value } : {}, 'clip:scan')
    await wave
    // The check knows the scan from now on, and says so also where nothing was found.
    if (scan.ok && get().clip?.file.token === file.token) await get().runCheck()
  }

  return {
    clipLook: null,
    clipMuted: true,
    toggleClipSound: () => {
      set({ clipMuted: !get().clipMuted })
    },
    lookAtClip: (clip) => {
      if (get().clipLook?.token !== clip.file.token) {
        stop()
        void look(clip)
      }
      return stop
    },
  }
}
