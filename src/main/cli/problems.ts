import { fail, type Failure, type Problem } from '../../shared/outcome.ts'
import { basename } from 'node:path'
import { remoteProviders } from '../../shared/domain/account.ts'

export const fileExists = (out: string): Failure =>
  fail('file-exists', `“${out}” already exists. Understudy doesn’t replace it.`, {
    advice: 'Choose another name.',
  })

export const crashed = (error: unknown): Failure =>
  fail('internal', 'Something went wrong inside Understudy.', {
    advice: 'Try again. A submitted take continues at the next start: understudy takes follow --all',
    detail: error instanceof Error ? (error.stack ?? error.message) : String(error),
  })

export const nameTaken = (out: string, target: string): Failure =>
  fail('file-exists', `“${out}” already has a file “${basename(target)}”. Understudy doesn’t replace it.`, {
    advice: 'Choose another folder.',
  })

export const costUnknown = 'The cost of this take is unknown.'

export const consentNeeded = (what: string, price: string, known: string): Failure =>
  fail(
    'consent-needed',
    `${what} costs money (${price}), and you haven’t agreed to that.${known} Nothing was sent.`,
    {
      advice: 'Add --yes to agree to the cost.',
    },
  )

export const cancelledUnsent = fail('cancelled', 'Cancelled. Nothing was sent.')

export const notAgreed = fail('consent-needed', 'You didn’t agree to the cost. Nothing was sent.')

export const overLimit = ({ code, message }: Problem): Failure =>
  fail(code, `${message} Nothing was sent.`, {
    advice: 'Add --pass-guard to allow it for this take, or change the limit in the window.',
  })

export const partGivenTwice = fail('usage', 'Use either --without-cuts or --in and --length, not both.')

export const noSuchTake = (given: string): Failure =>
  fail('not-found', `There is no take “${given}”.`, {
    advice: 'To list all takes: understudy takes list',
  })

export const severalTakes = (count: number, given: string): Failure =>
  fail('usage', `${count} takes start or end with “${given}”.`, {
    advice: 'Type more of the id.',
  })

export const nothingToMark = fail('usage', 'takes mark needs something to change.', {
  advice: 'Add --stars, --flag, --tag, --untag or --note.',
})

export const noAccountsAt = (name: string): Failure =>
  fail('usage', `There is no provider “${name}” that uses accounts.`, {
    advice: `Known: ${remoteProviders.join(', ')}.`,
  })

export const linkToFolder = 'It’s a link to a folder. Understudy doesn’t follow those.'

export const brokenLink = 'It’s a link that is broken or can’t be read.'

export const noFilesThere = 'No files found.'

export const tooManyFiles = (path: string, maxFiles: number): Failure =>
  fail('usage', `“${path}” matches more than ${String(maxFiles)} files.`, {
    advice: 'Name a smaller folder.',
  })

type SkippedFile = { readonly path: string; readonly reason: string }

export const nothingToPrepare = (skipped: readonly SkippedFile[]): Failure =>
  fail('file-missing', 'No files were found that can be prepared.', {
    advice: 'Name files, folders with clips or images, or a pattern in quotes.',
    ...(skipped.length > 0 && {
      detail: skipped.map(({ path, reason }) => `${path}: ${reason}`).join('\n'),
    }),
  })

export const tooManyResults = (folder: string): Failure =>
  fail('file-exists', `“${folder}” already has too many results with this name.`, {
    advice: 'Choose another folder.',
  })

export const noSuchPreparation = (text: string): Failure =>
  fail('not-found', `The queue has no preparation “${text}”.`, {
    advice: 'To list them: understudy queue list',
  })

export const severalPreparations = (text: string, count: number): Failure =>
  fail('usage', `“${text}” matches ${String(count)} preparations.`, {
    advice: 'Type more of the id.',
  })

export const queuePaused = fail('usage', 'The queue is paused.', {
  advice: 'To continue: understudy queue resume',
})

export const resumeQueue = 'To continue: understudy takes queue resume'
export const noTakesWait = 'No take waits to be sent.'
export const sendThem = 'To send them: understudy takes follow --all'

/** A command ends at once, and a pause that isn’t saved with it. */
export const notPausedForLong = ({ code, detail }: Problem): Failure =>
  fail(code, 'The queue of takes isn’t paused, because that couldn’t be saved.', {
    advice:
      'This command sent nothing, but the waiting takes are sent when Understudy opens next. Make space on the disk of your library, then pause again.',
    ...(detail !== undefined && { detail }),
  })

export const takeQueuePaused = fail('usage', 'The queue of takes is paused, so nothing is sent.', {
  advice: resumeQueue,
})
export const notSentWhilePaused = (count: number) =>
  `The queue of takes is paused, so ${count === 1 ? '1 take is' : `${String(count)} takes are`} not sent. ${resumeQueue}`

export const notStarted = fail('cancelled', 'Not started.')

export const folderNotCreated = (out: string, error: unknown): Failure =>
  fail('folder-unwritable', `The folder ${out} can’t be created.`, {
    advice: 'Choose another folder.',
    detail: String(error),
  })

export const presetExists = (name: string): Failure =>
  fail('usage', `You already have a preset “${name}”.`, {
    advice: 'Choose another name, or replace it with --replace.',
  })

export const noOwnPreset = (name: string): Failure =>
  fail('not-found', `You have no preset “${name}”.`, {
    advice: 'To list presets: understudy presets list',
  })

export const settingsNotSaved = (error: unknown): Failure =>
  fail('folder-unwritable', 'The settings can’t be saved.', {
    detail: error instanceof Error ? error.message : String(error),
  })

export const notForPresets = (lost: readonly string[]): Failure =>
  fail('usage', `A preset can’t store ${lost.join(' or ')}. Set it for each take instead.`, {
    advice: `Remove ${lost.length === 1 ? 'it' : 'them'}.`,
  })

export const presetNeedsName = fail('usage', 'A preset needs a name.')

export const noSuchPreset = (name: string): Failure =>
  fail('usage', `There is no preset “${name}”.`, {
    advice: 'To list presets: understudy presets list',
  })

export const unsupported = (provider: string, wish: string): Failure =>
  fail('usage', `${provider} doesn’t support ${wish}.`, { advice: `Remove ${wish}.` })

const settings: Readonly<Record<string, string>> = {
  prompt: '--prompt can be at most 20000 characters.',
  negativePrompt: '--negative-prompt can be at most 20000 characters.',
  elements: '--element must be the number of a library element. You can use at most 8.',
  callbackUrl: '--callback-url must be a web address of at most 2000 characters.',
}

export const settingInvalid = (field: string): Failure =>
  fail('usage', settings[field] ?? `The setting ${field} isn’t valid.`)

export const hostAndLink = fail('usage', 'Use either --host or --clip-url, not both.')

export const characterLinkAlone = fail('usage', '--character-url only works together with --clip-url.')

export const taskIdLength = fail('usage', 'A task id has 1 to 200 characters.')

export const takeAndAll = fail('usage', 'Use either a take or --all, not both.')

export const needsCharacter = (command: string): Failure =>
  fail('usage', `${command} needs a character: name an image with --character FILE.`)

export const needsClip = (command: string): Failure =>
  fail('usage', `${command} needs a clip: name a video with --clip FILE.`)

export const needsFiles = (command: string): Failure =>
  fail('usage', `${command} needs files to prepare: --character FILE, --clip FILE or both.`)

export const stoppedFollowing =
  'Stopped following. Open takes continue at the next start: understudy takes follow --all'

export const noTakes = 'There are no takes yet.'
export const noneMatches = 'No take matches this filter.'
export const noneReadable = 'None of the takes in this library can be read.'

export const noOpenTakes = 'There are no open takes.'

export const queueCancelled = 'Cancelled. To continue with unfinished preparations: understudy queue run'

const listed = (names: readonly string[]) => [...new Set(names)].join(', ')

export const noSuchProvider = (provider: string, known: readonly string[]): Failure =>
  fail('usage', `There is no provider “${provider}”.`, { advice: `Known providers: ${listed(known)}.` })

export const noSuchModel = (provider: string, model: string, known: readonly string[]): Failure =>
  fail('usage', `${provider} has no model “${model}”.`, { advice: `Its models: ${listed(known)}.` })

export const noSuchMode = (
  { provider, model, mode }: { readonly provider: string; readonly model: string; readonly mode: string },
  known: readonly string[],
): Failure =>
  fail('usage', `${model} of ${provider} has no mode ${mode}.`, { advice: `It has ${listed(known)}.` })

/** An option that a command can't do without; `what` is the thing and the option: `a file to write: --out FILE`. */
export const needs = (command: string, what: string): Failure => fail('usage', `${command} needs ${what}.`)
export const needsValue = (option: string): Failure => fail('usage', `${option} needs a value.`)

export const resultGone = ({ clipName, id }: { readonly clipName: string; readonly id: string }): Failure =>
  fail('file-missing', `The result of ${clipName} is no longer where it was saved.`, {
    advice: `To download it again while the provider keeps it: understudy takes follow ${id}`,
  })

type LostTake = { readonly id: string; readonly taskId: string | null }

export const takesLost = (lost: readonly LostTake[]): Failure =>
  fail(
    'library-damaged',
    `${lost.length === 1 ? 'One folder does' : `${String(lost.length)} folders do`} not contain enough to restore a take.`,
    {
      advice: 'Look for these tasks on the provider’s website.',
      detail: lost.map(({ id, taskId }) => (taskId === null ? id : `${id}: task ${taskId}`)).join('\n'),
    },
  )
