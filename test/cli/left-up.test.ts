import { describe, expect, it } from 'vitest'
import { understudyWith } from '../support/processes/command-line.ts'
import { klingContract } from '../support/servers/contracts/kling.ts'
import { patient, remoteStage } from '../support/servers/remote-stage.ts'
import { noFault, s3Error, s3Keys, startS3Server } from '../support/servers/s3-server.ts'

const canary = 'canary-key-7f3a9c51-tail'
const stage = remoteStage()

describe('a clip that its bucket did not let go', patient, () => {
  it('is named at the next command, under its random name, and deleted as soon as that works', async () => {
    const s3 = await startS3Server()
    const kling = await klingContract({ key: canary }, { result: stage.result })
    const env = {
      UNDERSTUDY_KLING_KEY: canary,
      UNDERSTUDY_S3_ENDPOINT: s3.bucket.endpoint,
      UNDERSTUDY_S3_REGION: s3.bucket.region,
      UNDERSTUDY_S3_BUCKET: s3.bucket.bucket,
      UNDERSTUDY_S3_ACCESS_KEY: s3Keys.accessKey,
      UNDERSTUDY_S3_SECRET_KEY: s3Keys.secretKey,
    }
    try {
      s3.fault = ({ method }, response) => method === 'DELETE' && s3Error(response, 403, 'AccessDenied')
      const flags = ['--host', 's3']
      const ended = await stage.generate({ provider: 'kling', origin: kling.origin, env, flags })
      expect([ended.code, ended.last]).toEqual([0, 'DONE'])
      const [object] = await s3.objects()
      // 128 random bits, and nothing else.
      expect(object).toMatch(/^[A-Za-z0-9_-]{22}\.mp4$/)
      const next = await understudyWith(env, ended.home, 'takes', 'list')
      expect(next.stderr).toContain('still in your bucket and can’t be deleted')
      expect(next.stderr).toContain(`“${object ?? ''}” in the bucket “clips”`)
      s3.fault = noFault
      await understudyWith(env, ended.home, 'takes', 'list')
      expect(await s3.objects()).toEqual([])
      const last = await understudyWith(env, ended.home, 'takes', 'list')
      expect(last.stderr).not.toContain('bucket')
    } finally {
      await kling.close()
      await s3.close()
    }
  })
})
