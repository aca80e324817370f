import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createModelsLab } from '../../../src/main/providers/modelslab/modelslab.ts'
import { modelsLabError, modelsLabServer } from '../../support/servers/contracts/modelslab.ts'
import { reply } from '../../support/servers/contracts/strict.ts'
import { adapterParts, canary, expectClean, kept, resultUrl } from '../adapter-kit.ts'

const uploadRoute = 'POST /api/v6/base64_to_url'

async function modelsLabAt() {
  const server = kept(await modelsLabServer({ key: canary, resultUrl }))
  return { server, provider: createModelsLab(adapterParts(server.origin)) }
}

describe('an upload to ModelsLab', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'understudy-upload-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  async function file(size: number, contentType = 'video/mp4') {
    const path = join(folder, `clip-${String(size)}.mp4`)
    await writeFile(path, Buffer.alloc(size, 'clip'))
    return { path, name: 'a1b2.mp4', contentType, bytes: size }
  }

  it('puts a small file where a stranger can fetch it, byte for byte, for 24 hours', async () => {
    const { server, provider } = await modelsLabAt()
    const before = Date.now()
    const put = await provider.upload!.put(await file(1000))
    expectClean(server, put)
    if (!put.ok) throw new Error(put.problem.message)
    const fetched = await fetch(put.value.url)
    expect(fetched.headers.get('content-type')).toBe('video/mp4')
    expect(Buffer.from(await fetched.arrayBuffer())).toEqual(Buffer.alloc(1000, 'clip'))
    const day = 24 * 3_600_000
    expect(put.value.until).toBeGreaterThanOrEqual(before + day)
    expect(put.value.until).toBeLessThanOrEqual(Date.now() + day)
  })

  it('takes the largest file it promises to take', async () => {
    const { server, provider } = await modelsLabAt()
    const put = await provider.upload!.put(await file(provider.upload!.maxBytes!, 'image/jpeg'))
    expect(put.ok).toBe(true)
    expectClean(server)
  })

  it('refuses a larger one with the limit and its size, and sends nothing', async () => {
    const { server, provider } = await modelsLabAt()
    expect(await provider.upload!.put(await file(3_700_001))).toMatchObject({ ok: false })
    expect(await provider.upload!.put(await file(5_000_000))).toEqual({
      ok: false,
      problem: {
        code: 'file-too-large',
        message: 'ModelsLab accepts files up to 3.7 MB. This one is 5 MB.',
        advice: 'Choose another clip host, or a shorter clip.',
      },
    })
    expect(server.calls).toEqual([])
  })

  it('says who will see the file and for how long', async () => {
    const { provider } = await modelsLabAt()
    expect(provider.upload!.privacy).toBe('Anyone with the random link can see the file for 24 hours.')
  })

  it('tells a wrong key from a service that is down', async () => {
    const { server, provider } = await modelsLabAt()
    server.play(uploadRoute, modelsLabError(401, 'Invalid API key'), modelsLabError(500, 'oops'), 'reset')
    const small = await file(10)
    const codes = [
      await provider.upload!.put(small),
      await provider.upload!.put(small),
      await provider.upload!.put(small),
    ].map((put) => (put.ok ? null : put.problem.code))
    expect(codes).toEqual(['account-key', 'provider-silent', 'provider-silent'])
  })

  it('does not hand on an address that nobody may fetch from', async () => {
    const { server, provider } = await modelsLabAt()
    server.play(uploadRoute, reply(200, { status: 'success', output: ['http://10.0.0.7/clip.mp4'] }))
    expect(await provider.upload!.put(await file(10))).toMatchObject({ ok: false })
  })
})
