import { describe, expect, it } from 'vitest'
import { systemClock } from '../../src/main/system/clock.ts'
import { createLoopbackHost, createProviderHost } from '../../src/main/hosting/local-hosts.ts'
import { privacyOf } from '../../src/main/hosting/hosts.ts'
import { fail, ok } from '../../src/shared/outcome.ts'
import { hostIds } from '../../src/shared/domain/delivery.ts'
import { keptNote, noiseFile, problemOf, valueOf } from '../support/servers/hosting-kit.ts'

describe('the loopback host', () => {
  it('serves a file until it is removed or the app closes', async () => {
    const host = createLoopbackHost(systemClock)
    const [one, two] = await Promise.all([noiseFile(1000), noiseFile(1000, 'png')])
    const first = valueOf(await host.put(one, keptNote()))
    const second = valueOf(await host.put(two, keptNote()))
    expect(first.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}\.mp4$/)
    expect((await fetch(second.url)).headers.get('content-type')).toBe('image/png')
    expect(Buffer.from(await (await fetch(first.url)).arrayBuffer()).equals(one.content)).toBe(true)
    valueOf(await host.remove(one.name, null))
    valueOf(await host.remove(one.name, null))
    expect([host.isLive(first.url), host.isLive(second.url)]).toEqual([false, true])
    expect((await fetch(first.url)).status).toBe(404)
    await host.close()
    expect(host.isLive(second.url)).toBe(false)
    await expect(fetch(second.url)).rejects.toThrow()
  })

  it('answers 404 for a file that vanished from the disk', async () => {
    const host = createLoopbackHost(systemClock)
    const { url } = valueOf(
      await host.put({ ...(await noiseFile(10)), path: '/nowhere/clip.mp4' }, keptNote()),
    )
    expect((await fetch(url)).status).toBe(404)
    await host.close()
  })
})

describe('the storage of a provider', () => {
  const stored: string[] = []
  const upload = (maxBytes: number | null) => ({
    maxBytes,
    privacy: 'Anyone may see it.',
    put: (file: { readonly name: string }) => {
      stored.push(file.name)
      return Promise.resolve(ok({ url: `https://files.example.com/${file.name}`, until: 5 }))
    },
  })

  it('takes a file up to its limit, under the name that was written down before', async () => {
    const file = await noiseFile(5000)
    const note = keptNote()
    const fractions: number[] = []
    const host = createProviderHost(upload(5000))
    const put = await host.put(file, note, { onProgress: (fraction) => fractions.push(fraction) })
    const { url } = valueOf(put)
    expect(put).toEqual(ok({ url: `https://files.example.com/${file.name}`, until: 5 }))
    expect(note.written).toEqual([{ name: file.name }])
    expect(fractions).toEqual([1])
    expect(host.isLive(url)).toBe(true)
  })

  it('is not even asked to take a larger one', async () => {
    stored.length = 0
    const problem = problemOf(
      await createProviderHost(upload(5_000_000)).put(await noiseFile(7_300_000), keptNote()),
    )
    expect(problem.code).toBe('file-too-large')
    expect(problem.message).toBe('The file is 7.3 MB, but the provider stores at most 5 MB.')
    expect(stored).toEqual([])
  })

  it('passes on the words of the provider when it refuses', async () => {
    const refusal = fail('account-key', 'The key is wrong.')
    const host = createProviderHost({ ...upload(null), put: () => Promise.resolve(refusal) })
    expect(await host.put(await noiseFile(10), keptNote())).toEqual(refusal)
  })

  it('keeps what it has: removing is no failure and removes nothing', async () => {
    const host = createProviderHost(upload(null))
    expect(await host.remove('any', null)).toEqual(ok(null))
    await host.close()
  })
})

describe('who will see the file, and for how long', () => {
  it('is said in whole sentences of every host, and in the provider’s own for its storage', () => {
    for (const id of hostIds) expect(privacyOf(id)).toMatch(/^[A-Z][^.]+\.( [A-Z][^.]+\.)?$/)
    expect(privacyOf('provider', 'It stays in the history of the repository.')).toBe(
      'It stays in the history of the repository.',
    )
    expect(privacyOf('s3')).toMatch(
      /Only someone with the signed link .+ 24 hours\. .+ deletes it when the take ends\./,
    )
    expect(privacyOf('tunnel')).toMatch(
      /^Anyone with the random link .+ this computer while the take needs it\./,
    )
    expect(privacyOf('tunnel')).toContain('Nothing is stored elsewhere.')
    expect(privacyOf('given')).toMatch(/^Anyone with the link .+ until you remove it\./)
    expect(privacyOf('loopback')).toBe('The file never leaves this computer.')
  })
})
