import type { Page } from '@playwright/test'
import type { FakeBridgeOptions } from './fake-answers.ts'
import type { FakeBridge } from './fake-bridge.ts'
import { broken, clockWrong, done, idOf, justStarted, paid, silent, studio } from './scene-takes.ts'

/** A state of the studio in which something is hard: what is said then has to be calm and true. */
export type HardScene = {
  readonly name: string
  readonly options: FakeBridgeOptions
  readonly play?: (page: Page, fake: FakeBridge) => Promise<void>
  /** Words that must be in sight once it is reached. */
  readonly shows: string
}

export const hardScenes: readonly HardScene[] = [
  {
    name: 'restart',
    options: justStarted(
      paid(3, 'kling', { state: 'ACKED', progress: 0.62, eta: 240 }),
      paid(2, 'highway', {
        state: 'DOWNLOADING',
        characterName: 'robot.png',
        clipName: 'salsa.mp4',
        since: '2026-11-21T15:03:24.000Z',
        resultUntil: '2026-11-21T15:38:00.000Z',
        progress: 0.41,
      }),
      done,
    ),
    shows: 'while Understudy was closed',
  },
  {
    name: 'offline',
    options: studio(paid(3, 'kling', { state: 'ACKED', problem: silent }), done),
    play: async (page) => {
      await page.context().setOffline(true)
    },
    shows: 'Offline',
  },
  {
    name: 'disk-full',
    options: studio(
      paid(3, 'highway', {
        state: 'HELD',
        resume: 'REMOTE_DONE',
        heldUntil: '2026-11-21T15:04:12.000Z',
        resultUntil: '2026-11-21T15:51:00.000Z',
        since: '2026-11-21T15:01:00.000Z',
        problem: {
          code: 'disk-full',
          message: 'The result’s disk has only 38.2 MB free, and 412.6 MB are needed.',
          advice: 'Free some space, and the download resumes automatically. Or choose another folder for it.',
        },
      }),
      done,
    ),
    shows: 'The download needs disk space',
  },
  {
    name: 'expired',
    options: studio(
      paid(3, 'highway', {
        state: 'EXPIRED',
        createdAt: '2026-11-19T09:10:00.000Z',
        sentAt: '2026-11-19T09:12:00.000Z',
        since: '2026-11-21T15:03:40.000Z',
        resultUntil: '2026-11-19T10:21:00.000Z',
        problem: {
          code: 'result-expired',
          message: 'The provider no longer has the result of waltz.mp4.',
          advice:
            'Ask the provider whether it is still available, and give the task id. The prepared files of this take are in its folder.',
          detail:
            'Task 790211543882, done before 2026-11-19T09:21:00.000Z, kept until 2026-11-19T10:21:00.000Z.',
        },
      }),
      done,
    ),
    shows: 'Result is gone',
  },
  {
    name: 'question',
    options: studio(
      paid(3, 'kling', {
        state: 'NEEDS_USER',
        taskId: null,
        problem: {
          code: 'outcome-unknown',
          message: 'The provider has no task for this take, so it very likely never started.',
          advice: 'Ask again, enter a task id you found at the provider, submit again, or give up.',
        },
      }),
      done,
    ),
    shows: 'Needs your decision',
  },
  {
    name: 'question-which-task',
    options: studio(
      paid(3, 'oxen', {
        state: 'NEEDS_USER',
        taskId: null,
        problem: {
          code: 'outcome-unknown',
          message: 'It’s unclear which of the provider’s tasks is this take.',
          advice: 'Compare them on the provider’s website, then choose the right one.',
          detail: 'q-7f3a9c51-0001, q-7f3a9c51-0002',
        },
      }),
      done,
    ),
    shows: 'Tasks that could be this take',
  },
  {
    name: 'pay-again',
    options: studio(
      paid(3, 'highway', {
        state: 'NEEDS_USER',
        taskId: null,
        problem: {
          code: 'outcome-unknown',
          message:
            'Understudy doesn’t know whether this take started, and this provider offers no way to ask.',
          advice: 'Look on the provider’s website, then enter the task id, submit again, or give up.',
        },
      }),
      done,
    ),
    play: async (page) => {
      await page.getByRole('button', { name: 'Submit again…' }).click()
      await page.getByRole('button', { name: /^Submit again: about/ }).waitFor()
    },
    shows: 'Submit this take again?',
  },
  {
    name: 'earlier-attempt',
    options: studio(
      paid(4, 'kling', { state: 'ACKED', partOf: idOf(3), taskId: '790211543999', progress: 0.3 }),
      paid(3, 'kling', { state: 'ACKED', attempt: 2, progress: 0.8, eta: 70 }),
      done,
    ),
    shows: 'it had started after all',
  },
  {
    name: 'held-account',
    options: studio(
      paid(4, 'kling', {
        state: 'HELD',
        resume: 'READY',
        sentAt: null,
        taskId: null,
        heldUntil: '2026-11-21T16:01:00.000Z',
        characterName: 'robot.png',
        problem: {
          code: 'account-money',
          message: 'Another take of this account was refused, so nothing was sent for this one.',
          advice: 'Top up the account. Then check again, and the waiting takes continue.',
          detail: 'The account has no balance left.',
        },
      }),
      paid(3, 'kling', {
        state: 'REJECTED',
        taskId: null,
        problem: {
          code: 'account-money',
          message: 'The account has no balance left.',
          advice: 'Top up the account.',
          detail: 'Account balance not enough',
        },
      }),
      done,
    ),
    shows: 'Waiting for the account',
  },
  {
    name: 'read-only',
    options: studio(
      paid(3, 'kling', { state: 'WIRE', taskId: null }),
      paid(2, 'kling', { state: 'ACKED' }),
      done,
    ),
    play: async (page, fake) => {
      const about = await fake.bridge.ask['app:about']({})
      if (!about.ok) return
      fake.answer('app:about', async () => ({
        ok: true,
        value: {
          ...about.value,
          libraryNotices: [
            { problem: broken, stays: true },
            { problem: clockWrong, stays: false },
          ],
        },
      }))
      const message = `The take of waltz.mp4 has started. ${broken.message}`
      const advice = `Copy the task id. ${broken.advice ?? ''}`
      const problem = { ...broken, message, advice, detail: 'Task 790211543882\ndisk I/O error' }
      fake.announce('take:changed', paid(3, 'kling', { state: 'WIRE', taskId: null, problem }))
      await page.getByText('1 more').waitFor()
    },
    shows: 'The disk failed while',
  },
  {
    name: 'rebuilt',
    options: {
      ...studio(done),
      libraryNotices: [
        {
          stays: false,
          problem: {
            code: 'library-damaged',
            message: 'The list of takes was damaged, so it was rebuilt: 41 takes are back.',
            advice:
              'Understudy first asks the providers about takes that were being submitted. It sends nothing again automatically.',
            detail: 'The damaged file is kept as studio.db.damaged-2026-11-21T15-03-20-000Z.',
          },
        },
        {
          stays: false,
          problem: {
            code: 'clip-unreachable',
            message:
              'One file is still in your bucket and can’t be deleted: clips/9f3c21.mp4 in studio-clips.',
            advice:
              'Understudy keeps trying with its current keys. Enter keys with permission to delete, or delete the named files yourself.',
          },
        },
      ],
    },
    shows: 'so it was rebuilt',
  },
  {
    name: 'result-elsewhere',
    options: studio(
      paid(4, 'kling', { state: 'DONE', characterName: 'robot.png', resultFolder: 'USB stick' }),
      paid(3, 'kling', {
        state: 'HELD',
        resume: 'REMOTE_DONE',
        resultFolder: 'USB stick',
        heldUntil: '2026-11-21T15:04:09.000Z',
        resultUntil: '2026-12-21T14:50:00.000Z',
        problem: {
          code: 'folder-unwritable',
          message: 'Understudy can’t write to the result folder “USB stick”.',
          advice:
            'Reconnect its disk or put the folder back, and the download resumes automatically. Or choose another folder.',
        },
      }),
    ),
    play: async (page, fake) => {
      fake.answer('result:reveal', async () => ({
        ok: false,
        problem: {
          code: 'file-missing',
          message: 'The result of waltz.mp4 is no longer in /media/USB stick.',
          advice: 'Connect its disk, or put the file back. Or download it again while the provider keeps it.',
        },
      }))
      await page.getByRole('button', { name: 'Show in folder' }).click()
    },
    shows: 'is no longer in',
  },
]
