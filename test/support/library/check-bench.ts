import { run } from '../../../src/main/cli/run.ts'
import { createMedia } from '../../../src/main/media/create-media.ts'
import type { Media } from '../../../src/main/media/media.ts'
import { createWorkshop } from '../../../src/main/prepare/prepare.ts'
import { ok } from '../../../src/shared/outcome.ts'
import { realTools, runTool } from '../processes/tools.ts'

const unused = () => {
  throw new Error('check needs nothing of this')
}

/** Real tools; what was measured of a file is kept, so that hundreds of checks of few files stay cheap. */
async function rememberingMedia(folder: string): Promise<Media> {
  const media = createMedia({
    tools: realTools,
    run: runTool,
    workFolder: folder,
    trackFile: () => () => undefined,
  })
  const known = new Map<string, ReturnType<Media['inspect']>>()
  return {
    ...media,
    inspect: (path, running) => {
      const facts = known.get(path) ?? media.inspect(path, running)
      known.set(path, facts)
      return facts
    },
  }
}

/** Runs command lines of `check` inside this process, from their words to what they print. */
export async function checkBench(folder: string) {
  const media = await rememberingMedia(folder)
  return async (...argv: readonly string[]) => {
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
      openSettings: unused,
      openWorkshop: () => {
        const workshop = createWorkshop({
          media,
          fileTokens: { serveUrl: unused, serveBytes: unused, register: unused } as never,
          clock: { now: unused } as never,
          prices: () => ({}),
          scanOf: () => Promise.resolve(null),
        })
        return Promise.resolve(ok({ ...workshop, close: () => Promise.resolve() } as never))
      },
      openStudio: unused,
      examine: unused,
      isFile: () => true,
      newTakeId: unused,
      now: unused,
      cwd: folder,
      version: '0',
      signal: new AbortController().signal,
    })
    return { code, stdout, stderr }
  }
}
