import type { FaceServices } from './face-services.ts'
import { type Outcome, ok, type Problem } from '../../shared/outcome.ts'
import type { Handlers } from './dispatch.ts'
import type { FileTokens, Tokens } from '../files/file-tokens.ts'
import type { Call } from '../prepare/types.ts'
import type { Studio } from '../core/studio.ts'
import type { TaskOwner } from '../takes/types.ts'
import type { ClipPreview } from '../clip-preview/clip-preview.ts'
import { resolveInputs } from './resolve-inputs.ts'
import type { MediaKind } from '../../shared/domain/media.ts'
import type { FileRef } from '../../shared/domain/views.ts'
import { catalogueHandlers } from './catalogue-handlers.ts'
import { deskHandlers } from './desk.ts'
import { accountRemoved } from '../accounts/problems.ts'
import type { MoveCalls } from './move-handlers.ts'
import { inputsMissing } from './problems.ts'
import { queueHandlers, takeQueueHandlers } from './queue-handlers.ts'
import { saveHandlers } from './save-handlers.ts'
import { settingsHandlers, type Inside } from './settings-handlers.ts'

type ClipCalls = 'clip:frame-times' | 'clip:scan' | 'clip:filmstrip' | 'clip:waveform' | 'clip:playable'

/** What a timeline asks about a clip. */
function clipHandlers(viewing: ClipPreview, fileTokens: FileTokens): Pick<Handlers, ClipCalls> {
  const about =
    <Asked extends { readonly file: string }, T>(
      answer: (path: string, call: Call, asked: Asked) => Promise<Outcome<T>>,
    ) =>
    async (asked: Asked, call: Call): Promise<Outcome<T>> => {
      const path = fileTokens.path(asked.file)
      return path.ok ? answer(path.value, call, asked) : path
    }
  return {
    'clip:frame-times': about(viewing.frameTimes),
    'clip:scan': about(viewing.scan),
    'clip:filmstrip': about((path, call, part) => viewing.filmstrip(path, part, call)),
    'clip:waveform': about(viewing.waveform),
    'clip:playable': about(viewing.playable),
  }
}

type RecentCalls = 'recent:list' | 'recent:pictures' | 'recent:open' | 'recent:forget' | 'prepare:preview'

function recentHandlers(
  { recents, previews, viewing }: Pick<Studio, 'recents' | 'previews' | 'viewing'>,
  fileTokens: FileTokens,
): Pick<Handlers, RecentCalls> {
  return {
    'recent:list': async () => ok(await recents.list()),
    'recent:pictures': async ({ pair }, call) => {
      const found = await recents.open(pair)
      if (!found.ok) return found
      const { character, clip } = found.value
      const pictureOf = async (path: string | null, kind: MediaKind) =>
        path === null ? null : viewing.thumbnails.of(path, kind, call)
      const [ofCharacter, ofClip] = await Promise.all([
        pictureOf(character, 'character'),
        pictureOf(clip, 'clip'),
      ])
      return ok({ character: ofCharacter, clip: ofClip })
    },
    'recent:open': async ({ pair }) => {
      const found = await recents.open(pair)
      if (!found.ok) return found
      const adopt = async (path: string | null) => (path === null ? ok(null) : fileTokens.register(path))
      const character = await adopt(found.value.character)
      if (!character.ok) return character
      const clip = await adopt(found.value.clip)
      return clip.ok ? ok({ character: character.value, clip: clip.value }) : clip
    },
    'recent:forget': async () => {
      recents.forget()
      await viewing.thumbnails.clear()
      return ok(null)
    },
    'prepare:preview': async (asked, call) => {
      const inputs = resolveInputs(fileTokens, asked)
      if (!inputs.ok) return inputs
      const view = await previews.make(inputs.value, call)
      if (view.ok) recents.note(inputs.value)
      return view
    },
  }
}

type HandlerParts = {
  readonly studio: Studio
  readonly fileTokens: FileTokens
  readonly sample: { readonly character: string; readonly clip: string }
  readonly face: FaceServices
  /** False when ffmpeg or ffprobe is missing. */
  readonly mediaTools: boolean
  /** Set if only old versions were found. */
  readonly oldTools: Problem | null
  readonly inside: Inside
  /** Every file that was saved, also before a move of the library that failed. */
  readonly saved: Tokens
  /** False after a move of the library that failed: the window is open already. */
  readonly isFirst: boolean
}

async function adoptAll(
  fileTokens: FileTokens,
  paths: readonly string[],
): Promise<Outcome<readonly FileRef[]>> {
  const adopted: FileRef[] = []
  for (const path of paths) {
    const file = await fileTokens.register(path)
    if (!file.ok) return file
    adopted.push(file.value)
  }
  return ok(adopted)
}

/** Connects the contract to the core: one short handler for each call. */
export function createHandlers({
  studio,
  fileTokens,
  sample,
  face,
  mediaTools,
  oldTools,
  inside,
  saved,
  isFirst,
}: HandlerParts): Omit<Handlers, MoveCalls> {
  const { takes, workshop, settings, accounts, elements, spending } = studio

  const ownerOf = async (account: string): Promise<Outcome<TaskOwner>> => {
    const view = (await accounts.list()).find((one) => one.account.id === account)
    return view
      ? ok({ provider: view.account.provider, account, baseUrl: null })
      : accountRemoved('Choose another account.')
  }

  const submit: Handlers['take:submit'] = async (asked) => {
    const inputs = resolveInputs(fileTokens, asked)
    if (!inputs.ok) return inputs
    const { character, clip, ...rest } = inputs.value
    if (character === null || clip === null) return inputsMissing
    const { take: id, consent, delivery } = asked
    settings.change({ lastTake: asked.settings, lastDelivery: delivery })
    studio.recents.note({ character, clip })
    return takes.submit({ ...rest, character, clip, id, consent, route: { baseUrl: null, ...delivery } })
  }

  const createElement: Handlers['element:create'] = async (asked, { signal }) => {
    const pictures: string[] = []
    for (const token of [asked.frontal, ...asked.others]) {
      const path = fileTokens.path(token)
      if (!path.ok) return path
      pictures.push(path.value)
    }
    const { account, name, description } = asked
    return elements.create({ account, signal }, { name, description, pictures })
  }

  return {
    ...clipHandlers(studio.viewing, fileTokens),
    ...queueHandlers(studio.queue, fileTokens, face, studio.recents.note),
    ...takeQueueHandlers(takes),
    ...recentHandlers(studio, fileTokens),
    ...deskHandlers(studio.desk, fileTokens, () => isFirst && settings.read().startUp === 'empty'),
    ...catalogueHandlers(studio),
    ...settingsHandlers({ studio, face, inside }),
    ...saveHandlers({ studio, fileTokens, face, inside, saved }),
    'app:about': () =>
      Promise.resolve(
        ok({
          ...face.about,
          mediaTools,
          oldTools,
          startedAt: studio.startedAt,
          libraryNotices: studio.libraryNotices,
          movedFrom: studio.movedFrom,
        }),
      ),
    'providers:list': () => Promise.resolve(ok(workshop.providers())),
    'file:choose': async ({ kind }) => {
      const paths = await face.chooseFiles(kind)
      return paths.ok ? adoptAll(fileTokens, paths.value) : paths
    },
    'file:inspect': async ({ file, as }, call) => {
      const path = fileTokens.path(file)
      return path.ok ? workshop.inspect(path.value, call, as) : path
    },
    'folder:list': ({ folder }) => face.listFolder(folder),
    'sample:load': async () => {
      const files = await adoptAll(fileTokens, [sample.character, sample.clip])
      if (!files.ok) return files
      const [character, clip] = files.value
      if (!character || !clip) throw new Error('both sample files were loaded')
      return ok({ character, clip })
    },
    'take:check': async (asked, call) => {
      const inputs = resolveInputs(fileTokens, asked)
      if (!inputs.ok) return inputs
      const checked = await workshop.check(inputs.value, call)
      return checked.ok ? ok(checked.value.report) : checked
    },
    'take:submit': submit,
    'account:list': async () => ok(await accounts.list()),
    'account:save': ({ account, keys }) => accounts.save(account, keys),
    'account:remove': ({ account }) => accounts.remove(account),
    'task:find': async ({ account }, { signal }) => {
      const owner = await ownerOf(account)
      return owner.ok ? takes.findTasks(owner.value, signal) : owner
    },
    'task:bring-home': async ({ account, tasks }) => {
      const owner = await ownerOf(account)
      return owner.ok ? takes.bringHome(owner.value, tasks) : owner
    },
    'account:test': ({ account }, { signal }) => accounts.test({ account }, signal),
    'price:refresh': ({ account, model }, { signal }) => accounts.refreshPrice({ account }, model, signal),
    'element:list': ({ account, from, page }, { signal }) => elements.list({ account, signal }, from, page),
    'element:create': createElement,
    'element:remove': ({ account, element }, { signal }) => elements.remove({ account, signal }, element),
    'host:list': ({ account }) => accounts.hosts(account),
    'bucket:save': ({ bucket, keys }) => accounts.saveBucket(bucket, keys),
    'bucket:test': (_args, { signal }) => accounts.testBucket(signal),
    'bucket:keys': async () => ok(await accounts.bucketKeys()),
    'spend:list': () => Promise.resolve(ok(spending.list())),
    'spend:guards': ({ amount }) => Promise.resolve(ok(spending.guards(amount))),
    'take:pictures': ({ take }) => takes.pictures(take),
    'take:sprite': ({ take }, call) => takes.sprite(take, call),
    'take:poster': async ({ take, at }, call) => {
      const chosen = await takes.choosePoster(take, at, call)
      return chosen.ok ? takes.pictures(take) : chosen
    },
    'take:compare': ({ takes: ids }, call) => takes.compare(ids, call),
    'take:preview': ({ take, side }, call) => takes.preview(take, side, call),
    'take:sound': ({ take, side, speed }, call) => takes.sound(take, side, speed, call),
    'take:motion': ({ take }, call) => takes.motion(take, call),
    'take:find-offset': ({ take }, call) => takes.findOffset(take, call),
    'take:look-at-all': async () => {
      await takes.lookAtAll()
      return ok(null)
    },
    'take:check-again': ({ take }) => takes.checkAgain(take),
    'take:cost-again': ({ take }) => {
      const cost = takes.costAgain(take)
      if (!cost.ok) return Promise.resolve(cost)
      const guards = spending.guards(cost.value.amount)
      return Promise.resolve(ok({ estimate: cost.value, guards }))
    },
    'take:submit-again': ({ take, consent }) => takes.submitAgain(take, consent),
    'take:adopt': ({ take, task }) => takes.adopt(take, task),
    'take:give-up': ({ take }) => takes.giveUp(take),
    'take:cancel': ({ take }) => takes.cancel(take),
    'take:save-elsewhere': async ({ take, folder }) => {
      const chosen = await face.chooseFolder(folder, 'Choose a folder for the result')
      if (!chosen.ok || chosen.value === null) return chosen.ok ? ok(null) : chosen
      return takes.saveElsewhere(take, chosen.value)
    },
    'result:reveal': async ({ take }) => {
      const path = takes.resultPath(take)
      return path.ok ? face.reveal(path.value) : path
    },
  }
}
