import type { PlayableVideo } from '../../../../shared/domain/views.ts'
import type { Milliseconds, Seconds } from '../../../../shared/units.ts'
import { createBackgroundCopies } from './background-copies.ts'
import type { Engine, EngineSide } from './engine-types.ts'
import { openCopy, openSource, openSources, type SourceEvents } from './open-sources.ts'
import type { NoPackets } from './packets.ts'

/** `id`: the same for as long as the side is compared, wherever it is in the row. */
export type ComparedFile = { readonly id: string; readonly video: PlayableVideo }

/** Why a file is not played frame by frame. */
export type Failure = NoPackets | 'broken' | 'not-started'

/** A side that plays no more, while the others do. */
export type LeftOut = { readonly id: string; readonly why: Failure }

/** The files of a comparison, opened for its engine while it plays: more of them, fewer, or smaller copies. */
export type ComparedFiles = {
  /** Opens what is new and closes what is gone; what stays plays on. New ones come after those that stay. */
  readonly show: (files: readonly ComparedFile[]) => Promise<void>
  /** `asked`: by the user; the machine alone gets them once. */
  readonly playCopies: (asked: boolean) => Promise<void>
  readonly playOriginals: () => Promise<void>
  /** A decoded frame of this side of the engine can't be painted. */
  readonly lose: (side: number) => void
  /** Of the engine's sides, in their order. */
  readonly ids: () => readonly string[]
  readonly dispose: () => void
}

type Options = {
  readonly createEngine: (sides: readonly EngineSide[]) => Engine
  /** A smaller copy with the same frames; null where there is none. */
  readonly copyOf: (id: string, signal: AbortSignal) => Promise<PlayableVideo | null>
  readonly leadsOf: (ids: readonly string[]) => readonly Seconds[]
  readonly onOpening: (opening: boolean) => void
  /** The sides of which smaller copies play. */
  readonly onCopies: (ids: readonly string[]) => void
  /** Without this side there is nothing to compare; any other one that fails is left out. */
  readonly isNeeded: (id: string) => boolean
  readonly onFail: (why: Failure, id: string) => void
  readonly onLeftOut: (sides: readonly LeftOut[]) => void
  readonly open?: {
    readonly one: typeof openSource
    readonly all: typeof openSources
    readonly copy: typeof openCopy
  }
  readonly wait?: (time: Milliseconds) => Promise<void>
}

/** The longer side of the smaller copies. */
const copySide = 1280

export const hasSmallerCopy = ({ width, height }: PlayableVideo): boolean =>
  Math.max(width, height) > copySide

const inRealTime = (time: Milliseconds) => new Promise<void>((resolve) => setTimeout(resolve, time))

export function createComparedFiles(options: Options): ComparedFiles {
  const { createEngine, copyOf, leadsOf, isNeeded, onOpening, onCopies, onFail, onLeftOut } = options
  const { wait = inRealTime } = options
  const open = options.open ?? { one: openSource, all: openSources, copy: openCopy }
  const whole = new AbortController()
  const { signal } = whole
  let opening = new AbortController()
  let engine: Engine | null = null
  /** In the order of the engine's sides. */
  let played: readonly ComparedFile[] = []
  let copies: readonly string[] = []
  /** Those of which a seek shows a copy first. */
  let slow: readonly string[] = []
  let mayRelieve = true
  let relieves = false
  /** Ends what is opened for the last choice between copies and originals. */
  let choice = new AbortController()

  const placeOf = (id: string, files = played) => files.findIndex((file) => file.id === id)

  const eventsOf = (files: readonly ComparedFile[]): SourceEvents => ({
    onFrame: () => engine?.frameArrived(),
    onError: (nth) => {
      // Later: it may have been in the middle of telling all sides what to decode.
      queueMicrotask(() => {
        lose(files[nth]?.id)
      })
    },
  })

  function lose(id: string | undefined) {
    if (signal.aborted || id === undefined || placeOf(id) < 0) return
    if (isNeeded(id)) {
      onFail('broken', id)
      return
    }
    setSides(
      played.filter((file) => file.id !== id),
      new Map(),
    )
    onLeftOut([{ id, why: 'broken' }])
  }

  const background = createBackgroundCopies({
    isQuiet: () => engine?.status().phase === 'paused' && engine.status().settled,
    isBusy: () => engine?.status().slow === true || engine?.status().catchingUp === true,
    open: async (id, ended) => {
      const copy = await copyOf(id, ended)
      if (copy === null || ended.aborted) return
      const set = (source: Parameters<Engine['setCopy']>[1]) => {
        const side = placeOf(id)
        if (side < 0 || ended.aborted) source?.close()
        else engine?.setCopy(side, source)
      }
      const onError = () => {
        set(null)
      }
      set(await open.copy(copy, { onFrame: () => engine?.frameArrived(), onError }, ended))
    },
    wait,
    signal,
  })

  /** Of what plays from the files themselves. */
  function prepareCopies() {
    const whole = played.filter(({ video }) => !relieves || !hasSmallerCopy(video))
    void background.want(whole.map(({ id }) => id).filter((id) => slow.includes(id)))
  }

  function setCopies(ids: readonly string[]) {
    copies = ids
    onCopies(ids)
  }

  /** False where it could not be opened, or is of no use any more. */
  async function replace(file: ComparedFile, mine: AbortSignal): Promise<boolean> {
    const opened = await open.one(file.video, 0, played.length, eventsOf([file]), mine)
    if (!opened.ok) return false
    const side = placeOf(file.id)
    const isWanted = !mine.aborted && side >= 0
    if (!isWanted) opened.source.close()
    else {
      engine?.setCopy(side, null)
      engine?.replaceSource(side, opened.source)
    }
    return isWanted
  }

  function choose(): AbortSignal {
    choice.abort()
    choice = new AbortController()
    return AbortSignal.any([signal, choice.signal])
  }

  async function playCopies(asked: boolean) {
    if (!asked && !mayRelieve) return
    mayRelieve = false
    relieves = true
    const mine = choose()
    prepareCopies()
    for (const { id, video } of played) {
      const copy = hasSmallerCopy(video) && !copies.includes(id) ? await copyOf(id, mine) : null
      if (copy === null || mine.aborted) continue
      if (await replace({ id, video: copy }, mine)) setCopies([...copies, id])
    }
  }

  async function playOriginals() {
    mayRelieve = false
    relieves = false
    const mine = choose()
    for (const file of played.filter(({ id }) => copies.includes(id)))
      if (await replace(file, mine)) setCopies(copies.filter((id) => id !== file.id))
    prepareCopies()
  }

  /** Those that are open already, by their number, and new ones. */
  function setSides(files: readonly ComparedFile[], added: ReadonlyMap<string, EngineSide>) {
    const sides = files.map(({ id }) => added.get(id) ?? placeOf(id)).filter((side) => side !== -1)
    played = files
    engine?.setSides(sides, leadsOf(files.map(({ id }) => id)))
    if (copies.some((id) => placeOf(id) < 0)) setCopies(copies.filter((id) => placeOf(id) >= 0))
    prepareCopies()
  }

  async function add(files: readonly ComparedFile[], missing: readonly ComparedFile[], mine: AbortSignal) {
    const found = await open.all(
      missing.map(({ video }) => video),
      eventsOf(missing),
      mine,
    )
    const opened = missing.flatMap((file, nth) => {
      const one = found[nth]
      return one?.ok === true ? [{ ...one, ...file }] : []
    })
    const lost = missing.flatMap(({ id }, nth) => {
      const one = found[nth]
      return one?.ok === false ? [{ id, why: one.why }] : []
    })
    const fatal = lost.find(({ id }) => isNeeded(id))
    if (mine.aborted || fatal) {
      for (const { source } of opened) source.close()
      if (fatal && !mine.aborted) onFail(fatal.why, fatal.id)
      return
    }
    const added = opened.map(({ id, video, source }) => [id, { frames: video, source }] as const)
    const shown = files.filter(({ id }) => lost.every((one) => one.id !== id))
    slow = [...slow, ...opened.flatMap(({ id, seeksSlowly }) => (seeksSlowly ? [id] : []))]
    if (engine === null) {
      played = shown
      engine = createEngine(added.map(([, side]) => side))
      prepareCopies()
    } else if (added.length > 0) setSides(shown, new Map(added))
    if (lost.length > 0) onLeftOut(lost)
    onOpening(false)
    if (relieves) await playCopies(true)
  }

  return {
    show: async (files) => {
      opening.abort()
      opening = new AbortController()
      const mine = AbortSignal.any([signal, opening.signal])
      if (mine.aborted) return
      const isPlayed = ({ id }: ComparedFile) => placeOf(id) >= 0
      if (!played.every(({ id }) => placeOf(id, files) >= 0)) setSides(files.filter(isPlayed), new Map())
      const missing = files.filter((file) => !isPlayed(file))
      onOpening(missing.length > 0)
      if (missing.length === 0) return
      await add(files, missing, mine).catch(() => {
        // No side is to blame: what a file can do wrong has been told already.
        if (!mine.aborted) onFail('not-started', files[0]?.id ?? '')
      })
    },
    playCopies: (asked) => playCopies(asked).catch(() => undefined),
    playOriginals: () => playOriginals().catch(() => undefined),
    lose: (side) => {
      lose(played[side]?.id)
    },
    ids: () => played.map(({ id }) => id),
    dispose: () => {
      whole.abort()
      engine?.dispose()
    },
  }
}
