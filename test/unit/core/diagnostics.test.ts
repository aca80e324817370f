import { describe, expect, it } from 'vitest'
import { formatDiagnostics, type DiagnosticsParts } from '../../../src/main/core/diagnostics.ts'
import { createVeil } from '../../../src/main/takes/support/veil.ts'
import { defaultSettings } from '../../../src/shared/domain/settings.ts'
import { fail } from '../../../src/shared/outcome.ts'
import { aTake } from '../../support/library/a-take.ts'

const key = 'sk-very-secret-key-123456'
const secret = fail('account-key', `“tango.mp4”: Maria’s key ${key} was refused.`, {
  detail: `/home/maria/films/tango.mp4 ${key}`,
}).problem

const parts: DiagnosticsParts = {
  at: '2026-11-20T12:00:00.000Z',
  face: 'browser',
  doctor: {
    ready: false,
    version: '1.2.3',
    platform: 'linux x64',
    tools: [
      {
        name: 'ffmpeg',
        ok: false,
        essential: true,
        version: '4.1',
        origin: 'PATH',
        path: '/home/maria/bin/ffmpeg',
        note: 'It is in /home/maria/bin and old.',
      },
    ],
    library: {
      path: '/home/maria/Understudy',
      writable: false,
      freeBytes: 5_000_000_000,
      note: 'Understudy can’t write to “/home/maria/Understudy”.',
    },
  },
  settings: {
    ...defaultSettings,
    saveFolder: '/home/maria/films',
    lastSaveFolder: '/home/maria/other',
    lastTake: {
      ...defaultSettings.lastTake,
      prompt: 'a red coat',
      callbackUrl: 'https://maria.example/hook',
    },
    guards: { perTake: 3, perDay: null },
  },
  accounts: [
    {
      account: {
        id: 'a1',
        provider: 'kling',
        name: 'Maria’s own',
        baseUrl: 'https://proxy.maria.example',
      } as never,
      key: { kind: 'key', state: 'this-session', lastFour: '3456' },
      fromEnvironment: false,
      variables: ['UNDERSTUDY_KLING_KEY'],
      openTakes: 0,
    },
  ],
  takes: [
    aTake({ state: 'DONE', characterName: 'maria.png', clipName: 'tango.mp4', taskId: 'task-77' }),
    aTake({ state: 'REJECTED', problem: secret, answered: key }),
  ],
  notices: [{ problem: secret, stays: true }],
  stored: [{ part: 'takes', bytes: 1_000_000, files: 3 }],
}
const { text: hide } = createVeil({ secrets: [], folders: ['/home/maria', '/opt/understudy'], user: 'maria' })

describe('the diagnostics', () => {
  it('say what a maintainer needs', () => {
    const text = formatDiagnostics(parts, hide)
    for (const line of [
      'Version: 1.2.3 (browser)',
      'ffmpeg: missing or not usable; 4.1; PATH',
      'takes: DONE 1, REJECTED 1',
      'problems of takes: account-key 1',
      'notices: account-key 1',
      'takes: 1 MB, 3 files',
      'accounts: kling 1',
      'limits: set',
    ])
      expect(text).toContain(line)
  })

  it('hold no key, no name, no file, no folder and nothing that was typed', () => {
    const text = formatDiagnostics(parts, hide)
    for (const word of [
      ...[key, '3456', 'maria', 'Maria', 'tango', 'films', 'other', 'red coat', 'example', 'task-77'],
      ...['/home', 'bin/ffmpeg'],
    ])
      expect(text).not.toContain(word)
  })
})
