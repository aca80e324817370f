import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { newAccount } from '../../src/shared/domain/account.ts'
import { filesIn } from '../support/processes/command-line.ts'
import { klingContract } from '../support/servers/contracts/kling.ts'
import { modelsLabServer } from '../support/servers/contracts/modelslab.ts'
import { oxenServer } from '../support/servers/contracts/oxen.ts'
import { patient, remoteStage } from '../support/servers/remote-stage.ts'
import { s3Keys, startS3Server } from '../support/servers/s3-server.ts'

const canary = 'canary-key-7f3a9c51-tail'
const stage = remoteStage()
const klingKey = { UNDERSTUDY_KLING_KEY: canary }

describe('a take through a clip host of the user', patient, () => {
  it('goes by a bucket, which is empty again when the take has ended', async () => {
    const s3 = await startS3Server()
    const kling = await klingContract({ key: canary }, { result: stage.result })
    try {
      const env = {
        ...klingKey,
        UNDERSTUDY_S3_ENDPOINT: s3.bucket.endpoint,
        UNDERSTUDY_S3_REGION: s3.bucket.region,
        UNDERSTUDY_S3_BUCKET: s3.bucket.bucket,
        UNDERSTUDY_S3_ACCESS_KEY: s3Keys.accessKey,
        UNDERSTUDY_S3_SECRET_KEY: s3Keys.secretKey,
      }
      const ended = await stage.generate({
        provider: 'kling',
        origin: kling.origin,
        env,
        flags: ['--host', 's3'],
      })
      expect(kling.violations).toEqual([])
      expect([ended.code, ended.last]).toEqual([0, 'DONE'])
      expect(s3.seen.some(({ method }) => method === 'PUT')).toBe(true)
      expect(await s3.objects()).toEqual([])
      for (const file of filesIn(ended.root))
        expect(readFileSync(join(ended.root, file)).includes(s3Keys.secretKey)).toBe(false)
    } finally {
      await kling.close()
      await s3.close()
    }
  })

  it.skipIf(process.platform === 'win32')('goes by a tunnel, of which no process is left', async () => {
    const kling = await klingContract({ key: canary }, { result: stage.result })
    const bin = join(stage.folder, 'bin')
    const pids = join(stage.folder, 'pids')
    mkdirSync(bin)
    const standIn = fileURLToPath(new URL('../support/processes/cloudflared-stand-in.ts', import.meta.url))
    const script = `#!/bin/sh\nexec '${process.execPath}' '${standIn}' "$@"\n`
    writeFileSync(join(bin, 'cloudflared'), script, { mode: 0o755 })
    const env = { ...klingKey, STAND_IN_PIDS: pids, PATH: `${bin}${delimiter}${String(process.env['PATH'])}` }
    try {
      const flags = ['--host', 'tunnel']
      const ended = await stage.generate({ provider: 'kling', origin: kling.origin, env, flags })
      expect(kling.violations).toEqual([])
      expect([ended.code, ended.last]).toEqual([0, 'DONE'])
      const [pid] = readFileSync(pids, 'utf8').trim().split('\n').map(Number)
      expect(pid).toBeGreaterThan(0)
      expect(() => process.kill(pid ?? 0, 0)).toThrow('ESRCH')
    } finally {
      await kling.close()
    }
  })

  it('says how to get a tunnel where there is none, before anything is paid', async () => {
    const kling = await klingContract({ key: canary }, { result: stage.result })
    try {
      const env = { ...klingKey, PATH: join(process.execPath, '..') }
      const flags = ['--host', 'tunnel']
      const ended = await stage.generate({ provider: 'kling', origin: kling.origin, env, flags })
      expect(ended.code).not.toBe(0)
      expect(kling.calls).toEqual([])
    } finally {
      await kling.close()
    }
  })
})

describe('a take through the storage of its provider', patient, () => {
  it('goes by a repository of Oxen', async () => {
    const oxen = await oxenServer({ key: canary, resultUrl: stage.results.put('oxen.mp4', stage.result) })
    const account = { ...newAccount('oxen', 'Oxen.ai'), id: 'env-oxen', repository: 'me/clips' }
    try {
      const ended = await stage.generate({
        provider: 'oxen',
        origin: oxen.origin,
        env: { UNDERSTUDY_OXEN_KEY: canary },
        flags: ['--host', 'provider', '--prompt', 'a dance'],
        settings: { accounts: [account] },
      })
      expect(oxen.violations).toEqual([])
      expect([ended.code, ended.last]).toEqual([0, 'DONE'])
      expect(oxen.files.size).toBe(2)
    } finally {
      await oxen.close()
    }
  })

  it('goes by the small storage of ModelsLab', async () => {
    const lab = await modelsLabServer({ key: canary, resultUrl: stage.results.put('lab.mp4', stage.result) })
    try {
      const env = { UNDERSTUDY_MODELSLAB_KEY: canary }
      const flags = ['--host', 'provider']
      const ended = await stage.generate({ provider: 'modelslab', origin: lab.origin, env, flags })
      expect(lab.violations).toEqual([])
      expect([ended.code, ended.last]).toEqual([0, 'DONE'])
      expect(lab.files.size).toBe(2)
    } finally {
      await lab.close()
    }
  })
})

describe('a clip that lies on the web already', patient, () => {
  it('is fetched as a stranger would, held against the rules, and sent by its own address', async () => {
    const kling = await klingContract({ key: canary }, { result: stage.result })
    const clipUrl = stage.results.put('mine.mp4', stage.result)
    try {
      const flags = ['--clip-url', clipUrl]
      const ended = await stage.generate({ provider: 'kling', origin: kling.origin, env: klingKey, flags })
      expect([ended.code, ended.last]).toEqual([0, 'DONE'])
      const submit = kling.calls.find(({ method }) => method === 'POST')
      expect(submit?.body).toMatchObject({ video_url: clipUrl })
    } finally {
      await kling.close()
    }
  })

  it.each([
    ['nothing is there', 'gone.mp4', null],
    ['a page is there', 'login.mp4', Buffer.from('<html>log in</html>')],
  ])('costs nothing when %s', async (_what, name, bytes) => {
    const kling = await klingContract({ key: canary }, { result: stage.result })
    const clipUrl = bytes ? stage.results.put(name, bytes, 'text/html') : `${stage.results.origin}/${name}`
    try {
      const flags = ['--clip-url', clipUrl]
      const ended = await stage.generate({ provider: 'kling', origin: kling.origin, env: klingKey, flags })
      expect(ended.code).not.toBe(0)
      expect(ended.stderr).toMatch(/\.\n/)
      expect(kling.calls).toEqual([])
    } finally {
      await kling.close()
    }
  })
})
