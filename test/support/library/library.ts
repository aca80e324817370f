import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { rename as realRename } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ClipHost } from '../../../src/main/hosting/hosts.ts'
import { createLoopbackHost } from '../../../src/main/hosting/local-hosts.ts'
import type { Rename } from '../../../src/main/files/durable.ts'
import type { Media } from '../../../src/main/media/media.ts'
import type { Bin, Clock } from '../../../src/main/system/ports.ts'
import type { Guards } from '../../../src/shared/domain/money.ts'
import { ulid } from 'ulid'
import { bearer } from '../../../src/main/providers/http/authorization.ts'
import { createHttpClient, type HttpClient } from '../../../src/main/providers/http/client.ts'
import type { Provider } from '../../../src/main/providers/provider.ts'
import { createKling } from '../../../src/main/providers/kling/official.ts'
import { createSerialQueue } from '../../../src/main/system/scheduling.ts'
import { openJournal, type Journal, type JournalPorts } from '../../../src/main/takes/journal/journal.ts'
import type { StepParts } from '../../../src/main/takes/steps/step.ts'
import { sendQueueFile } from '../../../src/main/takes/queue/send-queue-file.ts'
import { createLibrary, type Library } from '../../../src/main/takes/takes.ts'
import { fail, ok } from '../../../src/shared/outcome.ts'
import type { Take, TakeState } from '../../../src/shared/domain/take.ts'
import type { NewTake } from '../../../src/main/takes/types.ts'
import { aCharacter, aClip, someSettings } from '../clips/facts.ts'
import { straightNetwork } from '../servers/straight-network.ts'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** A result that `fakeMedia` accepts. */
export const goodResult = Buffer.from('a whole and playable result '.repeat(50))

/** It begins as every PNG file does, for servers that look. */
const preparedPicture = Buffer.from('\x89PNG\r\n\x1a\n\0the character', 'latin1')

/** Media without ffmpeg: names decide what a file is, and only a good result decodes. */
export function fakeMedia(isGood = (bytes: Buffer) => bytes.equals(goodResult)): Media {
  const write = (path: string, bytes: Buffer) => {
    writeFileSync(path, bytes)
    return { path, bytes: bytes.length, sha256: sha256(bytes) }
  }
  return {
    inspect: (path) => {
      if (!existsSync(path)) return Promise.resolve(fail('file-missing', `${path} is gone.`))
      const { size: bytes } = statSync(path)
      return Promise.resolve(ok(path.endsWith('.png') ? aCharacter({ bytes }) : aClip({ bytes })))
    },
    picture: () => Promise.resolve(ok(new Uint8Array([1]))),
    frameTimes: () => Promise.resolve(ok([0])),
    scan: () => Promise.resolve(fail('file-damaged', 'Nobody looks here.')),
    motion: () => Promise.resolve(fail('file-damaged', 'Nobody looks here.')),
    strip: () => Promise.resolve(ok(null)),
    waveform: () => Promise.resolve(ok(null)),
    playable: () => Promise.resolve(ok(null)),
    pictureSound: () => Promise.resolve(ok(null)),
    prepareClip: ({ target }) =>
      Promise.resolve(
        ok({
          ...write(target, Buffer.from('the prepared clip')),
          width: 720,
          height: 1280,
          frames: 180,
          frameRate: 30,
          duration: 6,
          videoCodec: 'h264',
          pixelFormat: 'yuv420p',
          audio: null,
        }),
      ),
    prepareCharacter: ({ folder }) =>
      Promise.resolve(
        ok({
          ...write(join(folder, 'character.png'), preparedPicture),
          width: 1024,
          height: 1536,
          format: 'png',
        }),
      ),
    verifyResult: (path) => {
      const bytes = readFileSync(path)
      if (!isGood(bytes)) return Promise.resolve(fail('file-damaged', 'It does not decode.'))
      return Promise.resolve(
        ok({
          bytes: bytes.length,
          sha256: sha256(bytes),
          duration: 6,
          width: 720,
          height: 1280,
          frameRate: 30,
        }),
      )
    },
    findOffset: () => Promise.resolve(fail('internal', 'not part of this')),
    sideBySide: () => Promise.resolve(fail('internal', 'not part of this')),
  }
}

/** Waits take no time but still let everything else run; the wall clock goes on by what was slept. */
export function quickClock(): Clock {
  let passed = 0
  const now = () => Date.parse('2026-11-20T12:00:00Z') + passed
  return {
    now,
    monotonic: () => passed,
    sleep: (duration) => {
      passed += duration
      return new Promise((resolve) => setImmediate(resolve))
    },
  }
}

export type Bench = {
  readonly folder: string
  readonly journal: Journal
  readonly library: Library
  readonly states: TakeState[]
  /** Resolves when the take is in one of these states. */
  readonly until: (id: string, ...states: TakeState[]) => Promise<Take>
  /** Ends without any goodbye to the takes, as far as a process can do that to itself. */
  readonly close: () => Promise<void>
}

export const makeFolder = () => mkdtempSync(join(tmpdir(), 'understudy-library-'))
export const dropFolder = (folder: string) => {
  rmSync(folder, { recursive: true, force: true })
}

type Given = {
  readonly folder: string
  readonly origin: string
  readonly settle?: number
  readonly media?: Media
  readonly rename?: Rename
  readonly clock?: Clock
  /** Whether the key of the account is there; looked at for each question. */
  readonly hasKey?: () => boolean
  /** How many tasks may run at once. */
  readonly width?: number
  readonly guards?: Guards
  /** In the place of the host that serves files on this machine. */
  readonly host?: ClipHost
  /** In the place of the official adapter. */
  readonly adapter?: (clock: Clock, http: HttpClient) => Provider
  /** What the provider can do besides. */
  readonly also?: Partial<Provider>
  /** The same, made anew each time the provider is asked for. */
  readonly keyed?: () => Partial<Provider>
  /** Binds the library to its place, as the studio does. */
  readonly bind?: (journal: Journal) => Pick<StepParts, 'sending'>
  /** What stands in the place of the disk under the journal. */
  readonly ports?: JournalPorts
  /** In the place of the journal on disk, which it is given. */
  readonly journal?: (journal: Journal) => Journal
  /** Told of every file that is taken down. */
  readonly remove?: (name: string) => unknown
  /** The system’s bin. */
  readonly bin?: Bin
}

/** A library over a real journal and the real official adapter, with the provider at `origin`. */
export function openLibrary({
  folder,
  origin,
  settle = 0,
  media = fakeMedia(),
  rename = realRename,
  clock = quickClock(),
  hasKey = () => true,
  width = 100,
  guards = { perTake: null, perDay: null },
  host = createLoopbackHost(clock),
  adapter,
  also = {},
  keyed = () => ({}),
  ports = {},
  bind = () => ({ sending: () => undefined }),
  journal: around = (journal) => journal,
  remove,
  bin = () => Promise.reject(new Error('no test asked for a bin')),
}: Given): Bench {
  const opened = openJournal(join(folder, 'studio.db'), () => undefined, ports)
  if (!opened.ok) throw new Error(opened.problem.message)
  const journal = around(opened.value)
  const http = createHttpClient({
    network: straightNetwork,
    clock,
    pace: () => Promise.resolve(),
    secrets: ['canary-key'],
  })
  const { sending } = bind(journal)
  const official =
    adapter?.(clock, http) ??
    createKling({
      id: 'kling',
      baseUrl: new URL(origin),
      authorization: bearer('canary-key'),
      http,
      loopback: true,
      cadence: { first: 1, gap: () => 1 },
      settle,
    })
  const provider = (): Provider => ({ ...official, ...also, ...keyed() })
  const hosting: ClipHost = {
    ...host,
    remove: async (name, note) => {
      await remove?.(name)
      return host.remove(name, note)
    },
  }
  let names = 0
  const fresh = () => `name-${String((names += 1))}-${String(process.hrtime.bigint())}`
  const library = createLibrary({
    network: straightNetwork,
    clock,
    log: () => undefined,
    journal,
    media,
    rename,
    library: join(folder, 'library'),
    providerOf: () =>
      Promise.resolve(hasKey() ? ok(provider()) : fail('account-key', 'There is no key for this account.')),
    hostOf: () => Promise.resolve(ok(hosting)),
    reach: ({ settings, clipUrl }) =>
      Promise.resolve(ok({ account: settings.account, host: clipUrl === null ? host.id : 'given' })),
    widthOf: () => width,
    limits: () => ({ guards, prices: {} }),
    pace: () => Promise.resolve(),
    inTurn: createSerialQueue(),
    keepStills: () => Promise.resolve(ok('sprite.webp')),
    sending,
    randomName: fresh,
    newOwnId: fresh,
    trackFile: () => () => undefined,
    newTakeId: () => ulid(clock.now()),
    bin,
    queueStore: sendQueueFile(join(folder, 'take-queue.json'), clock.now),
  })
  const states: TakeState[] = []
  library.subscribe((take) => {
    if (states.at(-1) !== take.state) states.push(take.state)
  })
  return {
    folder,
    journal,
    library,
    states,
    until: (id, ...wanted) =>
      new Promise((resolve) => {
        const look = (take: Take) => {
          if (take.id !== id || !wanted.includes(take.state)) return
          stop()
          resolve(take)
        }
        const stop = library.subscribe(look)
        const now = library.show(id)
        if (now.ok) look(now.value)
      }),
    close: async () => {
      await library.stop()
      await host.close()
      journal.close()
    },
  }
}

export const takeId = '01ARZ3NDEKTSV4RRFFQ69G5FAV'

/** A take of two files that stand in the folder. */
export function aTake(folder: string, different: Partial<NewTake> = {}): NewTake {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'hero.png'), 'image')
  writeFileSync(join(folder, 'dance.mp4'), 'video')
  return {
    id: takeId,
    character: join(folder, 'hero.png'),
    clip: join(folder, 'dance.mp4'),
    window: { start: 0, length: null },
    settings: someSettings(),
    route: { baseUrl: null, host: null, clipUrl: null, characterUrl: null },
    consent: { amount: 0, passGuard: false },
    ...different,
  }
}

/** Consent to what costs nothing. */
export const freely = { amount: 0, passGuard: false }
