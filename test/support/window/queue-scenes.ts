import { ok } from '../../../src/shared/outcome.ts'
import { emptyQueue, type Queue, type QueueItem } from '../../../src/shared/domain/queue.ts'
import type { Take } from '../../../src/shared/domain/take.ts'
import type { HardScene } from './hard-scenes.ts'
import { done, paid, studio } from './scene-takes.ts'

const idOf = (number: number) => `01JQ${String(number).padStart(22, '0')}`

/** A preparation that waits. */
export const aQueueItem = (number: number, change: Partial<QueueItem> = {}): QueueItem => ({
  id: idOf(number),
  state: 'waiting',
  addedAt: '2026-11-21T15:00:00.000Z',
  characterName: 'hero.png',
  clipName: `dance ${String(number)}.mp4`,
  provider: 'kling',
  model: 'kling-v3',
  orientation: 'video',
  folder: 'prepared',
  parent: 'dance shoot',
  name: `dance ${String(number)}-kling`,
  files: [],
  progress: null,
  eta: null,
  problem: null,
  ...change,
})

const atWork: Queue = {
  ...emptyQueue,
  items: [
    aQueueItem(1, { state: 'done', files: ['clip.mp4', 'character.jpg', 'certificate.json'] }),
    aQueueItem(2, {
      state: 'failed',
      problem: {
        code: 'file-missing',
        message: '“dance 2.mp4” no longer exists.',
        advice: 'Put it back, then try again.',
      },
    }),
    aQueueItem(3, { state: 'running', progress: 0.46, eta: 41 }),
    aQueueItem(4),
    aQueueItem(5, { provider: 'oxen', model: 'kling-video-v3-pro-motion-control', orientation: 'image' }),
    aQueueItem(6, { state: 'cancelled' }),
  ],
}

const full: Queue = {
  ...atWork,
  paused: true,
  pausedBy: {
    code: 'disk-full',
    message: 'There isn’t enough space for prepared.',
    advice: 'Free some space, then press Resume.',
  },
  items: atWork.items.map((item) => (item.state === 'running' ? aQueueItem(3) : item)),
}

const openQueue =
  (queue: Queue): NonNullable<HardScene['play']> =>
  async (page, fake) => {
    fake.answer('queue:read', async () => ok(queue))
    fake.announce('queue:changed', queue)
    await page.getByRole('button', { name: /^Queue/ }).click()
  }

const waiting = (number: number, place: number, paused: boolean, about: Partial<Take> = {}) =>
  paid(number, 'kling', {
    state: 'READY',
    sentAt: null,
    taskId: null,
    clipName: `dance ${String(number)}.mp4`,
    queued: { place, paused },
    ...about,
  })

const takesInQueue = (paused: boolean): readonly Take[] => [
  paid(9, 'kling', { state: 'ACKED', progress: 0.62, eta: 240, clipName: 'tango.mp4' }),
  paid(8, 'oxen', {
    state: 'ACKED',
    clipName: 'a much longer name of a clip than fits into a row of this list.mp4',
  }),
  waiting(2, 1, paused),
  waiting(3, 2, paused, { characterName: 'robot.png' }),
  waiting(4, 3, paused, { state: 'UPLOADING', host: 's3', progress: 0.35 }),
  waiting(5, 1, paused, {
    ...paid(5, 'oxen', {}),
    state: 'READY',
    sentAt: null,
    taskId: null,
    queued: { place: 1, paused },
  }),
  waiting(6, 4, paused, {
    state: 'HELD',
    resume: 'READY',
    problem: { code: 'account-money', message: 'The account has no money left.', advice: 'Add money.' },
  }),
  done,
]

const openTakes: HardScene['play'] = async (page) => {
  await page.getByRole('button', { name: /^\d running · / }).click()
}

/** The preparation queue as it works, as it stands still, and before there is anything in it. */
export const queueScenes: readonly HardScene[] = [
  { name: 'queue', options: studio(done), play: openQueue(atWork), shows: 'dance 3.mp4' },
  { name: 'queue-halted', options: studio(done), play: openQueue(full), shows: 'enough space' },
  {
    name: 'queue-empty',
    options: studio(done),
    play: openQueue(emptyQueue),
    shows: 'The queue is empty',
  },
  { name: 'take-queue', options: studio(...takesInQueue(false)), play: openTakes, shows: '2nd in the queue' },
  { name: 'take-queue-paused', options: studio(...takesInQueue(true)), play: openTakes, shows: 'Resume' },
  {
    name: 'take-queue-empty',
    options: studio(done),
    play: async (page, fake) => {
      fake.announce('take-queue:changed', { paused: true, waiting: [] })
      await page.getByRole('button', { name: 'Paused' }).click()
    },
    shows: 'Takes you generate appear here',
  },
  {
    name: 'batch',
    options: studio(done),
    play: async (page) => {
      const names = ['hero.png', 'one.mp4', 'two.mp4', 'three.mov']
      await page.evaluate((all) => {
        const data = new DataTransfer()
        for (const name of all) data.items.add(new File(['x'], name))
        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true }))
      }, names)
    },
    shows: 'Several files dropped',
  },
]
