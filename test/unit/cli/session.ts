import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Outside } from '../../../src/main/cli/session.ts'
import { run } from '../../../src/main/cli/run.ts'
import { ok } from '../../../src/shared/outcome.ts'
import { fakeStudio, type FakeStudio } from '../../support/library/fake-studio.ts'

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-cli-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}

type Situation = Partial<
  Pick<Outside, 'isTTY' | 'ask' | 'isFile' | 'signal' | 'openStudio' | 'openWorkshop'>
> & {
  readonly studio?: FakeStudio
}

/** Runs one command line against a fake studio and collects what it says. */
export async function understudy(argv: readonly string[], situation: Situation = {}) {
  const { studio = fakeStudio(), ...different } = situation
  let stdout = ''
  let stderr = ''
  const code = await run(argv, {
    stdout: (text) => {
      stdout += text
    },
    stderr: (text) => {
      stderr += text
    },
    isTTY: false,
    ask: null,
    openSettings: () => studio.settings,
    openWorkshop: () =>
      Promise.resolve(
        ok({
          ...studio.workshop,
          accounts: studio.accounts,
          isSendingPaused: () => studio.takes.queue().paused,
          trackFile: () => () => undefined,
          sweep: () => Promise.resolve(),
          close: studio.close,
        }),
      ),
    openStudio: () => Promise.resolve(ok(studio)),
    examine: () => Promise.reject(new Error('not part of this test')),
    isFile: () => true,
    newTakeId: () => '01JD8QZZZZZZZZZZZZZZABCDEF',
    now: () => Date.parse('2026-11-20T12:30:00.000Z'),
    cwd: '/place',
    version: '1.2.3',
    signal: new AbortController().signal,
    ...different,
  })
  const lines = () =>
    stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
  return { code, stdout, stderr, lines, studio }
}
