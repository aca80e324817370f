import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { expect, it, onTestFinished } from 'vitest'
import { createFaceServices } from '../../../src/main/electron/dialogs.ts'
import { createFileTokens, createTokens } from '../../../src/main/files/file-tokens.ts'
import { createIntake } from '../../../src/main/files/intake.ts'
import { createStills } from '../../../src/main/takes/stills.ts'
import { createHandlers } from '../../../src/main/api/handlers.ts'
import { aTake } from '../../support/library/a-take.ts'
import { anInside } from '../../support/library/an-inside.ts'
import { fakeStudio } from '../../support/library/fake-studio.ts'

/** Handlers over the system's dialogs, whose user takes what was suggested; saves go to the folder. */
async function saving() {
  const folder = await mkdtemp(join(tmpdir(), 'understudy-save-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const take = aTake({ characterName: 'hero.png', clipName: 'dance.mov', state: 'DONE' })
  const revealed: string[] = []
  const face = createFaceServices({
    dialog: {
      showOpenDialog: () => Promise.reject(new Error('nothing is opened')),
      showSaveDialog: (...args: unknown[]) => {
        const { defaultPath } = args.at(-1) as { readonly defaultPath: string }
        return Promise.resolve({ canceled: false, filePath: defaultPath })
      },
    },
    shell: { showItemInFolder: (path) => void revealed.push(path) },
    window: () => null,
    version: '0.1.0',
    home: folder,
    downloads: () => folder,
    takeNotice: () => null,
  })
  const stills = createStills({
    dropped: join(folder, 'dropped'),
    trackFile: () => () => undefined,
    isNeeded: () => false,
  })
  const fileTokens = createFileTokens({ mediaBase: 'media://local/' })
  const handlers = createHandlers({
    ...{ studio: { ...fakeStudio({ takes: [take] }), stills }, face, mediaTools: true, oldTools: null },
    fileTokens,
    sample: { character: '', clip: '' },
    inside: anInside,
    saved: createTokens('s_'),
    isFirst: true,
  })
  const call = { signal: new AbortController().signal, onProgress: () => undefined }
  return { folder, take, handlers, fileTokens, call, revealed }
}

it.each([
  [false, 'hero-dance.mp4', 'video'],
  [true, 'hero-dance-watermarked.mp4', 'mark!'],
])(
  'with the mark of the provider %s, the dialog suggests %s and that version is saved',
  async (marked, suggested, content) => {
    const { folder, take, handlers, call } = await saving()
    expect(
      await handlers['result:save']({ take: take.id, folder: null, name: null, marked }, call),
    ).toMatchObject({
      ok: true,
      value: { name: suggested, folder },
    })
    expect(await readFile(join(folder, suggested), 'utf8')).toBe(content)
  },
)

it.each([
  [null, 'hero-dance.png'],
  ['frame 12.png', 'frame 12.png'],
])('a still that the window names %s is suggested as %s and saved', async (name, suggested) => {
  const { folder, take, handlers, fileTokens, call } = await saving()
  const intake = createIntake({ folder: join(folder, 'dropped'), fileTokens })
  const png = Buffer.from('\x89PNG\r\n\x1a\n picture \0\0\0\0IEND\xae\x42\x60\x82', 'latin1')
  const content = Readable.from([png]) as AsyncIterable<Uint8Array>
  const picture = await intake.take({ name: 'still.png', bytes: png.length, content })
  const token = picture.ok ? picture.value.token : ''
  expect(
    await handlers['still:save']({ take: take.id, picture: token, folder: null, name }, call),
  ).toMatchObject({
    ok: true,
    value: { name: suggested, folder },
  })
  expect((await readFile(join(folder, suggested))).equals(png)).toBe(true)
  expect(await readdir(join(folder, 'dropped'))).toEqual([])
})

it('what was just saved is shown in its folder, and nothing else is', async () => {
  const { folder, take, handlers, call, revealed } = await saving()
  const saved = await handlers['result:save'](
    { take: take.id, folder: null, name: null, marked: false },
    call,
  )
  const token = saved.ok ? (saved.value?.saved ?? '') : ''
  expect((await handlers['saved:reveal']({ saved: token }, call)).ok).toBe(true)
  expect(revealed).toEqual([join(folder, 'hero-dance.mp4')])
  expect(await handlers['saved:reveal']({ saved: `s_${'1'.repeat(22)}` }, call)).toMatchObject({
    ok: false,
    problem: { code: 'not-found' },
  })
  await rm(join(folder, 'hero-dance.mp4'))
  expect(await handlers['saved:reveal']({ saved: token }, call)).toMatchObject({
    ok: false,
    problem: { code: 'file-missing' },
  })
  expect(revealed).toHaveLength(1)
})
