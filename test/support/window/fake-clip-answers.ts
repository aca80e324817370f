import { fail, ok } from '../../../src/shared/outcome.ts'
import { emptyQueue } from '../../../src/shared/domain/queue.ts'
import type { Answers } from './fake-answers.ts'

type ClipAnswers = Pick<
  Answers,
  'clip:frame-times' | 'clip:scan' | 'clip:filmstrip' | 'clip:waveform' | 'clip:playable'
>
type RecentAnswers = Pick<
  Answers,
  | 'desk:read'
  | 'desk:keep'
  | 'recent:list'
  | 'recent:pictures'
  | 'recent:open'
  | 'recent:forget'
  | 'prepare:preview'
>
type QueueAnswers = Pick<
  Answers,
  | 'queue:read'
  | 'queue:add'
  | 'queue:pause'
  | 'queue:move'
  | 'queue:cancel'
  | 'queue:retry'
  | 'queue:clear'
  | 'queue:reveal'
>

const frames = 180

/** A calm clip of six seconds without sound. */
export const clipAnswers: ClipAnswers = {
  'clip:frame-times': async () => ok(Array.from({ length: frames }, (_, index) => index / 30)),
  'clip:scan': async () =>
    ok({ span: { start: 0, end: 6 }, cuts: [], jumps: [], frozen: [], still: [], black: [], fast: [] }),
  'clip:filmstrip': async () => ok([]),
  'clip:waveform': async () => ok(null),
  'clip:playable': async () => fail('not-found', 'The fake studio makes no copies.'),
}

export const recentAnswers: RecentAnswers = {
  'desk:read': async () => ok(null),
  'desk:keep': async () => ok(null),
  'recent:list': async () => ok([]),
  'recent:pictures': async () => ok({ character: null, clip: null }),
  'recent:open': async () => fail('not-found', 'The fake studio remembers nothing.'),
  'recent:forget': async () => ok(null),
  'prepare:preview': async () => fail('not-found', 'The fake studio prepares nothing.'),
}

export const queueAnswers: QueueAnswers = {
  'queue:read': async () => ok(emptyQueue),
  'queue:add': async () => ok(emptyQueue),
  'queue:pause': async ({ paused }) => ok({ ...emptyQueue, paused }),
  'queue:move': async () => ok(emptyQueue),
  'queue:cancel': async () => ok(emptyQueue),
  'queue:retry': async () => ok(emptyQueue),
  'queue:clear': async () => ok(emptyQueue),
  'queue:reveal': async () => ok({ name: 'clip.mp4', folder: '/prepared/dance' }),
}
