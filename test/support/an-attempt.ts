import type { Attempt } from '../../src/main/takes/attempt.ts'

const file = { path: '/library/file', bytes: 12, sha256: 'ab', width: 720, height: 1280 }

/** An attempt of which everything is known, so that a change of any part of it shows. */
export const fullAttempt = (different: Partial<Attempt> = {}): Attempt => ({
  take: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  number: 2,
  state: 'ACKED',
  since: '2026-11-20T12:00:00.000Z',
  resume: 'UPLOADING',
  heldUntil: 17,
  ownId: 'own-2',
  preparedClip: {
    ...file,
    frames: 180,
    frameRate: 30,
    duration: 6,
    videoCodec: 'h264',
    pixelFormat: 'yuv420p',
    audio: { codec: 'aac', channels: 2, sampleRate: 48_000 },
  },
  preparedCharacter: { ...file, format: 'png' },
  commands: ['ffmpeg -i clip.mp4'],
  clipUrl: 'https://files.example/clip.mp4',
  characterUrl: 'https://files.example/character.png',
  urlsUntil: 23,
  paidWith: 'fingerprint',
  estimate: { currency: 'USD', amount: 1, perSecond: 0.1, seconds: 6, asOf: '2026-11-01', source: 'page' },
  agreedAt: '2026-11-20T11:00:00.000Z',
  triedAt: '2026-11-20T11:00:30.000Z',
  wiredAt: '2026-11-20T11:01:00.000Z',
  ackedAt: '2026-11-20T11:02:00.000Z',
  taskId: 'task-2',
  resultUrl: 'https://results.example/2.mp4',
  resultUntil: 29,
  failedFetches: 3,
  result: { bytes: 99, sha256: 'cd', duration: 6, width: 720, height: 1280, frameRate: 30 },
  resultFolder: '/films',
  resultTime: 31,
  cost: { units: '7', unitName: 'units' },
  problem: { code: 'internal', message: 'before', advice: 'do this', detail: 'more' },
  ...different,
})
