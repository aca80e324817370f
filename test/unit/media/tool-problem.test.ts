import { describe, expect, it } from 'vitest'
import { toolProblem } from '../../../src/main/media/tool-problem.ts'
import { fail } from '../../../src/shared/outcome.ts'

const ended = (exitCode: number | null, stderr = '') =>
  toolProblem(
    { ended: 'exit', exitCode, stdout: new Uint8Array(), stderr },
    {
      tool: 'ffmpeg',
      doing: 'Preparing “dance.mp4”',
      otherwise: (detail) => fail('file-damaged', '“dance.mp4” could not be read.', { detail }),
    },
  )?.problem.code

describe('how a tool ended', () => {
  it('is the fault of the file only where the tool came to a judgement about it', () => {
    expect(ended(0)).toBeUndefined()
    expect(ended(1, 'Invalid data found')).toBe('file-damaged')
    expect(ended(null)).toBe('tool-failed')
    expect(ended(1, 'No space left on device')).toBe('disk-full')
  })

  it('is no damage where it was stopped because nothing came of it', () => {
    const problem = toolProblem(
      { ended: 'stalled', exitCode: null, stdout: new Uint8Array(), stderr: 'frame=7\nprogress=continue' },
      { tool: 'ffmpeg', doing: 'Preparing “dance.mp4”', otherwise: () => fail('file-damaged', 'never') },
    )?.problem
    expect(problem).toMatchObject({ code: 'tool-failed', detail: '' })
    expect(problem?.message).toMatch(/took too long/)
    expect(`${String(problem?.message)} ${String(problem?.advice)}`).not.toMatch(/damage/)
  })

  it('is a missing tool where it could not be started, as with a broken library', () => {
    expect(ended(127, 'error while loading shared libraries: libavdevice.so.59')).toBe('tool-missing')
    expect(ended(126, 'Permission denied')).toBe('tool-missing')
  })
})
