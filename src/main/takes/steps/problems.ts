import { fail, type Problem } from '../../../shared/outcome.ts'
import { formatSeconds, type Seconds } from '../../../shared/units.ts'
import type { TakeRecord } from '../record.ts'
import { downloadResumes } from '../problems.ts'

// Preparing

export const linkUnreachable = (host: string, why: string) =>
  fail('clip-unreachable', `Nothing can be downloaded from your link at ${host}.`, {
    advice: 'Check that the link opens without signing in, then try again. Nothing was sent.',
    detail: why,
  })

export const clipLinkIsImage = fail('not-a-video', 'Your link to the clip leads to an image.')

export const characterLinkIsVideo = fail('not-an-image', 'Your link to the character leads to a video.')

export const linkedClipTooLong = (length: Seconds, agreed: Seconds) =>
  fail(
    'input-refused',
    `The clip at your link is ${formatSeconds(length)} long, but you agreed to ${formatSeconds(agreed)}.`,
    { advice: 'Upload only the part you want performed. Nothing was sent.' },
  )

/** A file behind a link can’t be fixed from here. */
export const linkedFileUnfit = (problem: Problem): Problem => ({
  ...problem,
  code: 'input-refused',
  advice: 'Prepare the file first, then put the prepared file online.',
})

// Sending

export const serviceDown: Problem = {
  code: 'provider-silent',
  message: 'The provider isn’t answering at the moment, so nothing was sent.',
  advice: 'Understudy checks again automatically and continues when it answers.',
}

export const accountRefused = ({ code, message, advice }: Problem): Problem =>
  fail(code, 'Another take of this account was refused, so nothing was sent for this one.', {
    advice: `${advice ?? 'Fix the account.'} Then check again, and the waiting takes continue.`,
    detail: message,
  }).problem

export const agreedLongAgo: Problem = {
  code: 'consent-needed',
  message: 'You agreed to the cost of this take more than a day ago, so nothing was sent.',
  advice: 'Check the cost and submit it again.',
}

export const offline = (why: string): Problem =>
  fail('provider-silent', 'The provider couldn’t be reached. Nothing was sent.', {
    advice: 'Check your connection. Understudy tries again automatically.',
    detail: why,
  }).problem

export const notSavedBeforeSending = (why: string): Problem =>
  fail('disk-full', 'The take couldn’t be saved before sending, so nothing was sent.', {
    advice: 'Check that the disk has space. Understudy tries again automatically.',
    detail: why,
  }).problem

export const pausedBeforeSending: Problem = {
  code: 'cancelled',
  message: 'The queue was paused just before the take was sent, so nothing was sent.',
  advice: 'To send it, resume the queue.',
}

export const keyJustChanged: Problem = {
  code: 'cancelled',
  message: 'The key of this account changed just before the take was sent, so nothing was sent.',
  advice: 'Understudy sends it with the new key automatically.',
}

export const requestNotBuilt = (why: string): Problem =>
  fail('internal', 'The request for this take couldn’t be created, so nothing was sent.', {
    advice: 'Understudy tries again automatically. If that doesn’t help, cancel the take and make a new one.',
    detail: why,
  }).problem

export const characterGone: Problem = fail(
  'file-missing',
  'The prepared character of this take is no longer in the library folder, so nothing was sent.',
  { advice: 'Submit the take again. Understudy then prepares the character again.' },
).problem

export const characterChanged: Problem = fail(
  'input-refused',
  'The prepared character of this take isn’t the one that was certified, so nothing was sent.',
  { advice: 'Submit the take again. Understudy then prepares both files again from your originals.' },
).problem

export const submitUnconfirmed = (why: string, advice: string | undefined): Problem =>
  fail(
    'outcome-unknown',
    'The provider gave no clear answer, so Understudy doesn’t know whether the take started.',
    {
      advice: `Nothing is sent again automatically. Understudy asks the provider first.${advice === undefined ? '' : ` ${advice}`}`,
      detail: why,
    },
  ).problem

// Was it sent before?

export const maybeSentBefore: Problem = fail(
  'provider-silent',
  'The provider doesn’t say whether it already has this take, so it was not sent again.',
  { advice: 'Check your connection. Understudy keeps asking and continues when it has an answer.' },
).problem

export const maybeSentByCopy: Problem = fail(
  'provider-silent',
  'The provider gave no clear answer about whether another copy of the library sent this take, so nothing was sent.',
  { advice: 'Understudy asks again and continues when it has an answer.' },
).problem

export const followedByOtherTake = (taskIds: readonly string[]): Problem =>
  fail(
    'usage',
    'The provider already has this take, and another take in this library follows it, so nothing was sent.',
    {
      advice: 'See that take. Make a new one if you want it again.',
      detail: `Task ${taskIds.join(', ')}.`,
    },
  ).problem

// Did it start?

const question = (message: string, advice: string): Problem =>
  fail('outcome-unknown', message, { advice }).problem

export const probablyUnsent = question(
  'The provider has no task for this take, so it very likely never started.',
  'Ask again, enter a task id you found at the provider, submit again, or give up.',
)

export const noLookUp = question(
  'Understudy doesn’t know whether this take started, and this provider offers no way to ask.',
  'Look on the provider’s website, then enter the task id, submit again, or give up.',
)

export const noAnswer = question(
  'Understudy doesn’t know whether this take started, and the provider has given no clear answer since.',
  'Ask again later, enter a task id you find on the provider’s website, or give up.',
)

export const severalTasks = (ids: readonly string[]) =>
  fail('outcome-unknown', 'It’s unclear which of the provider’s tasks is this take.', {
    advice: 'Compare them on the provider’s website, then choose the right one.',
    detail: ids.join(', '),
  }).problem

export const sentWithOtherKey = question(
  'This take was sent with another key. With its current key, the account doesn’t show it.',
  'Enter the key it was sent with and ask again, or look on the provider’s website before you pay again.',
)

/** Not proof: some providers download a clip before they decide about it. Stored with the take, so exact and in UTC. */
export const clipWasFetched = (at: number) =>
  `The clip was downloaded from this computer at ${new Date(at).toISOString()}, after the request was sent. This suggests that the provider started, but doesn’t prove it.`

// Following a task

export const linkDead = ({ attempt: { problem } }: TakeRecord): Problem =>
  fail('result-expired', 'The provider has finished this take, but the result can’t be downloaded.', {
    advice: 'Ask again later, or use the task id to find it on the provider’s website.',
    ...(problem?.detail !== undefined && { detail: problem.detail }),
  }).problem

/** The one case in which something paid for is lost, so it names the task and the dates. */
export const resultExpired = ({ order, attempt }: TakeRecord): Problem =>
  fail('result-expired', `The provider no longer has the result of ${order.clipName}.`, {
    advice:
      'Ask the provider whether it is still available, and give the task id. The prepared files of this take are in its folder.',
    detail: `Task ${attempt.taskId ?? 'unknown'}, done before ${attempt.since}, kept until ${new Date(attempt.resultUntil ?? 0).toISOString()}.`,
  }).problem

export const taskForgotten = fail('outcome-unknown', 'The provider says that it no longer knows this task.', {
  advice: 'Ask again, or look on the provider’s website.',
}).problem

export const noResult = fail(
  'result-unusable',
  'The provider says that this take is done, but gives no result to download.',
  { advice: 'Ask again, or use the task id to find it on the provider’s website.' },
).problem

export const providerSilent = (why: string, advice = 'Check the account’s key and address.'): Problem =>
  fail(
    'provider-silent',
    'The provider gives no clear answer about this take. The take itself continues there.',
    { advice: `${advice} Understudy keeps asking.`, detail: why },
  ).problem

export const answerUnreadable = (why: string, advice = 'Check the account’s base URL.'): Problem =>
  fail('answer-unclear', 'Understudy can’t read the provider’s answer about this take.', {
    advice: `${advice} Look for the task on the provider’s website. Understudy keeps asking.`,
    detail: why,
  }).problem

// Downloading the result

export const resultNotDownloaded = (why: string): Problem =>
  fail('result-unusable', 'The result couldn’t be downloaded from the provider’s link.', {
    advice: 'Understudy asks the provider for a new link and tries again.',
    detail: why,
  }).problem

export const pageInstead = (answer: string) => `${answer}: a web page came instead of the video.`
export const messageInstead = (answer: string) => `${answer}: a message came instead of the video.`
export const endUnconfirmed = (duration: Seconds) =>
  `It lasts ${formatSeconds(duration)}, and the connection closed without confirming that it was complete.`
export const cutOff = 'It was cut off.'

export const diskFull = fail('disk-full', 'The disk is full, so the result can’t be saved yet.', {
  advice: downloadResumes,
}).problem

export const resultFileInUse = (clipName: string, detail: string) =>
  fail('folder-unwritable', `The result of ${clipName} is complete, but another program is using its file.`, {
    advice: 'A virus scanner or a player may have it open. Understudy tries again automatically.',
    detail,
  }).problem
