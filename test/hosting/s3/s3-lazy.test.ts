import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const s3 = new URL('../../../src/main/hosting/s3/s3.ts', import.meta.url).href
const network = new URL('../../support/servers/straight-network.ts', import.meta.url).href

/** Runs in a process of its own, because one that has run other tests has loaded everything already. */
const script = `
  import { createRequire } from 'node:module'
  import { createS3Host } from '${s3}'
  import { straightNetwork as network } from '${network}'
  const loaded = () => Object.keys(createRequire('${s3}').cache).some((path) => path.includes('@aws-sdk'))
  const clock = { now: Date.now, monotonic: () => 0, sleep: async () => {} }
  const bucket = { endpoint: 'http://127.0.0.1:1', region: 'r', bucket: 'b', prefix: '' }
  const host = createS3Host({ network, bucket, accessKey: 'a', secretKey: 's', clock, random: () => 0, log: () => {} })
  const before = loaded()
  await host.remove('nothing', null)
  process.stdout.write(JSON.stringify([before, loaded()]))
`

it('a start without a bucket does not pay for the AWS client: it is loaded with the first request', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script])
  expect(JSON.parse(stdout)).toEqual([false, true])
})
