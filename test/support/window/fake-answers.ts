import type { CallAnswer, CallArgs, CallName, EventName, EventPayload } from '../../../src/shared/contract.ts'
import type { FileRef, Inspection, LibraryNotice, ProviderView } from '../../../src/shared/domain/views.ts'
import type { AccountView, RemoteProvider, Element } from '../../../src/shared/domain/account.ts'
import type { HostView } from '../../../src/shared/domain/delivery.ts'
import type { MediaFacts } from '../../../src/shared/domain/media.ts'
import { fail, ok, type Outcome, type Problem } from '../../../src/shared/outcome.ts'
import { check, verdictOf } from '../../../src/shared/rules/check.ts'
import { estimateOf } from '../../../src/shared/rules/estimate.ts'
import { modelRules } from '../../../src/shared/rules/models.ts'
import { planOf } from '../../../src/shared/rules/plan.ts'
import { subjectOf } from '../../../src/shared/rules/subject.ts'
import { providerAbouts } from '../../../src/shared/rules/providers.ts'
import type { Settings } from '../../../src/shared/domain/settings.ts'
import type { SpendEntry } from '../../../src/shared/domain/money.ts'
import type { TakeQueue } from '../../../src/shared/domain/take-queue.ts'
import type { Take } from '../../../src/shared/domain/take.ts'
import { aTake } from '../library/a-take.ts'
import { accountAnswers } from './fake-account-answers.ts'
import { aSaved, settingsAnswers } from './fake-settings-answers.ts'
import { catalogueAnswers } from './catalogue-answers.ts'
import { clipAnswers, queueAnswers, recentAnswers } from './fake-clip-answers.ts'
import { aCharacter, aClip } from '../clips/facts.ts'

export type FakeFile = {
  readonly name: string
  /** Absent for a file that is neither an image nor a video. */
  readonly facts?: MediaFacts
  readonly picture?: string
  readonly media?: string
}

export type Answers = {
  [N in CallName]: (args: CallArgs<N>, callId?: string) => Promise<Outcome<CallAnswer<N>>>
}

export const practiceProvider: ProviderView = {
  id: 'practice',
  name: 'Practice',
  practice: true,
  addresses: [],
  keysFrom: '',
  models: modelRules.filter(({ provider }) => provider === 'practice'),
}

export const remoteProvider = (id: RemoteProvider): ProviderView => ({
  ...providerAbouts[id],
  id,
  practice: false,
  models: modelRules.filter(({ provider }) => provider === id),
})

export const paidProvider: ProviderView = remoteProvider('kling')

export type FakeBridgeOptions = {
  readonly providers?: readonly ProviderView[]
  readonly settings?: Partial<Settings>
  readonly takes?: readonly Take[]
  readonly nativeDialogs?: boolean
  readonly mediaTools?: boolean
  /** Where the library was before it was moved. */
  readonly movedFrom?: string
  readonly oldTools?: Problem
  /** When the core was started. */
  readonly startedAt?: string
  readonly libraryNotices?: readonly LibraryNotice[]
  readonly sample?: { readonly character: FakeFile; readonly clip: FakeFile }
  readonly now?: () => string
  readonly accounts?: readonly AccountView[]
  readonly hosts?: readonly HostView[]
  readonly elements?: readonly Element[]
  readonly spend?: readonly SpendEntry[]
  /** The limits that every amount would pass. */
  readonly guardsPassed?: readonly string[]
}

const sampleCharacter: FakeFile = { name: 'sample-character.png', facts: aCharacter() }
const sampleClip: FakeFile = { name: 'sample-clip.mp4', facts: aClip() }

/** The queue, as the takes say where they are in it. */
const queuedIn = (takes: ReadonlyMap<string, Take>): TakeQueue => {
  const waiting = [...takes.values()]
    .flatMap(({ id, queued }) => (queued ? [{ take: id, ...queued }] : []))
    .toSorted((one, other) => one.place - other.place)
  return {
    paused: waiting.some(({ paused }) => paused),
    waiting: waiting.map(({ take, place }) => ({ take, place })),
  }
}

type Shelf = Map<string, { readonly ref: FileRef; readonly file: FakeFile }>

function inspectionOf({
  ref,
  file,
}: {
  readonly ref: FileRef
  readonly file: FakeFile
}): Outcome<Inspection> {
  const shown = { file: ref, picture: file.picture ?? '/media/picture', media: file.media ?? '/media/file' }
  if (!file.facts)
    return fail('not-a-video', `“${file.name}” is neither an image nor a video.`, {
      advice: 'Choose a picture or a video file.',
    })
  return ok(file.facts.kind === 'clip' ? { ...shown, facts: file.facts } : { ...shown, facts: file.facts })
}

function factsOf<Kind extends MediaFacts['kind']>(fileTokens: Shelf, token: string | null, kind: Kind) {
  const facts = token === null ? undefined : fileTokens.get(token)?.file.facts
  // The kind was just compared.
  return facts?.kind === kind ? (facts as Extract<MediaFacts, { readonly kind: Kind }>) : null
}

function reportOn(
  fileTokens: Shelf,
  args: CallArgs<'take:check'>,
  prices: Settings['prices'],
): CallAnswer<'take:check'> {
  const { provider, model, orientation } = args.settings
  const rules = modelRules.find((entry) => entry.provider === provider && entry.model === model)
  if (!rules) throw new Error(`The fake studio has no model ${provider}/${model}.`)
  const inputs = {
    character: factsOf(fileTokens, args.character, 'character'),
    clip: factsOf(fileTokens, args.clip, 'clip'),
    asked: args.window,
    settings: args.settings,
    scan: null,
  }
  const findings = check(inputs, rules)
  const { window, sent } = subjectOf(inputs, rules)
  const estimate = sent === null ? null : estimateOf(rules, args.settings, sent, prices)
  return {
    provider,
    model,
    orientation,
    findings,
    verdict: verdictOf(findings),
    plan: planOf(inputs, rules),
    estimate,
    window,
  }
}

export function createShelf() {
  const fileTokens: Shelf = new Map()
  const addFile = (file: FakeFile): FileRef => {
    const token = `f_${String(fileTokens.size + 1).padStart(22, '0')}`
    const ref = { token, name: file.name, bytes: file.facts?.bytes ?? 1000 }
    fileTokens.set(token, { ref, file })
    return ref
  }
  return { fileTokens, addFile }
}

export type Memory = {
  settings: Settings
  readonly takes: Map<string, Take>
  readonly accounts: Map<string, AccountView>
}

/** The answers of a studio in which everything goes well. */
export function createAnswers(
  options: FakeBridgeOptions,
  files: ReturnType<typeof createShelf>,
  memory: Memory,
  tell: <N extends EventName>(name: N, payload: EventPayload<N>) => void,
): Answers {
  const { fileTokens, addFile } = files
  const now = options.now ?? (() => new Date().toISOString())
  const found = async (id: string): Promise<Outcome<Take>> => {
    const take = memory.takes.get(id)
    return take ? ok(take) : fail('not-found', 'There is no such take.')
  }
  const change = async (id: string, to: Partial<Take>): Promise<Outcome<Take>> => {
    const take = await found(id)
    if (!take.ok) return take
    memory.takes.set(id, { ...take.value, ...to, since: now() })
    return found(id)
  }
  const sample = options.sample ?? { character: sampleCharacter, clip: sampleClip }
  return {
    'app:about': async () =>
      ok({
        version: '0.1.0',
        face: 'browser',
        platform: 'linux',
        nativeDialogs: options.nativeDialogs ?? true,
        library: 'Your home folder, Understudy',
        mediaTools: options.mediaTools ?? true,
        oldTools: options.oldTools ?? null,
        movedFrom: options.movedFrom ?? null,
        startedAt: options.startedAt ?? now(),
        libraryNotices: options.libraryNotices ?? [],
      }),
    'providers:list': async () => ok(options.providers ?? [practiceProvider]),
    'file:choose': async () => ok([]),
    'file:inspect': async ({ file }) => {
      const entry = fileTokens.get(file)
      return entry ? inspectionOf(entry) : fail('file-missing', 'The file is no longer there.')
    },
    'folder:list': async () => ok({ token: `d_${'0'.repeat(22)}`, name: 'Places', crumbs: [], entries: [] }),
    'sample:load': async () => ok({ character: addFile(sample.character), clip: addFile(sample.clip) }),
    'take:check': async (args) => ok(reportOn(fileTokens, args, memory.settings.prices)),
    'take:submit': async (args) => {
      const known = memory.takes.get(args.take)
      if (known) return ok(known)
      const take = aTake({
        id: args.take,
        attempt: 1,
        state: 'PREPARING',
        settings: args.settings,
        characterName: fileTokens.get(args.character)?.ref.name ?? '',
        clipName: fileTokens.get(args.clip)?.ref.name ?? '',
        createdAt: now(),
        since: now(),
      })
      memory.takes.set(take.id, take)
      return ok(take)
    },
    'take:pictures': async () => ok({ character: null, clip: null, result: null }),
    'take:sprite': async () => fail('not-found', 'The fake studio has no results.'),
    'take:poster': async () => ok({ character: null, clip: null, result: null }),
    'take:compare': async () => fail('not-found', 'The fake studio has no results.'),
    'take:preview': async () => fail('not-found', 'The fake studio has no results.'),
    'take:sound': async () => fail('not-found', 'The fake studio has no results.'),
    'take:motion': async () => fail('not-found', 'The fake studio measures nothing.'),
    'take:find-offset': async () => fail('not-found', 'The fake studio has no results.'),
    'take:look-at-all': async () => ok(null),
    'take:check-again': ({ take }) => found(take),
    'take:cost-again': async ({ take }) => {
      const known = await found(take)
      return known.ok ? ok({ estimate: known.value.estimate, guards: options.guardsPassed ?? [] }) : known
    },
    'take:submit-again': ({ take }) => change(take, { state: 'READY', problem: null }),
    'take:adopt': ({ take, task }) => change(take, { state: 'ACKED', taskId: task, problem: null }),
    'take:give-up': ({ take }) => change(take, { state: 'ABANDONED' }),
    'take:cancel': ({ take }) => change(take, { state: 'DRAFT', progress: null }),
    'result:save': async ({ name }) => ok({ name: name ?? 'result.mp4', folder: 'Videos', saved: aSaved }),
    'still:save': async ({ name }) => ok({ name: name ?? 'still.png', folder: 'Pictures', saved: aSaved }),
    'library:contact-sheet': async ({ name }) =>
      ok({ name: name ?? 'contact-sheet.png', folder: 'Pictures', saved: aSaved }),
    'take:support-pack': async ({ name }) =>
      ok({ name: name ?? 'support.zip', folder: 'Documents', saved: aSaved }),
    'take:save-elsewhere': ({ take }) => change(take, { state: 'REMOTE_DONE', problem: null }),
    'result:reveal': async () => ok({ name: 'result.mp4', folder: 'Videos' }),
    ...settingsAnswers(memory),
    ...catalogueAnswers(memory.takes, {
      marks: (marks) => {
        tell('marks:changed', marks)
      },
      boards: (boards) => {
        tell('boards:changed', boards)
      },
      trashed: (ids) => {
        tell('takes:trashed', ids)
      },
      restored: (take) => {
        tell('take:changed', take)
      },
    }),
    ...accountAnswers(options, memory),
    ...clipAnswers,
    ...recentAnswers,
    ...queueAnswers,
    'take-queue:read': async () => ok(queuedIn(memory.takes)),
    'take-queue:pause': async ({ paused }) => ok({ ...queuedIn(memory.takes), paused }),
    'take-queue:move': async () => ok(queuedIn(memory.takes)),
    'call:cancel': async () => ok(null),
  }
}
