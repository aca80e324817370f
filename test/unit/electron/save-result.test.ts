import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { createFaceServices } from '../../../src/main/electron/dialogs.ts'
import { createFileTokens } from '../../../src/main/files/file-tokens.ts'
import { createHandlers } from '../../../src/main/api/handlers.ts'
import { aTake } from '../../support/library/a-take.ts'
import { fakeStudio } from '../../support/library/fake-studio.ts'

it.each([
  [false, 'dance-understudy.mp4', 'video'],
  [true, 'dance-understudy-watermarked.mp4', 'mark!'],
])(
  'with the mark of the provider %s, the dialog suggests %s and that version is saved',
  async (marked, suggested, content) => {
    const folder = await mkdtemp(join(tmpdir(), 'understudy-save-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const take = aTake({ clipName: 'dance.mov', state: 'DONE' })
    const face = createFaceServices({
      dialog: {
        showOpenDialog: () => Promise.reject(new Error('nothing is opened')),
        // Whoever presses Enter takes what was suggested.
        showSaveDialog: (...args: unknown[]) => {
          const { defaultPath } = args.at(-1) as { readonly defaultPath: string }
          return Promise.resolve({ canceled: false, filePath: join(folder, defaultPath) })
        },
      },
      shell: { showItemInFolder: () => undefined },
      window: () => null,
      version: '0.1.0',
      home: folder,
      takeNotice: () => null,
    })
    const studio = fakeStudio({ takes: [take] })
    const handlers = createHandlers({
      ...{ studio, face, mediaTools: true, oldTools: null },
      fileTokens: createFileTokens({ mediaBase: 'media://local/' }),
      sample: { character: '', clip: '' },
    })
    const call = { signal: new AbortController().signal, onProgress: () => undefined }
    expect(await handlers['result:save']({ take: take.id, folder: null, name: null, marked }, call)).toEqual({
      ok: true,
      value: { name: suggested, folder },
    })
    expect(await readFile(join(folder, suggested), 'utf8')).toBe(content)
  },
)
