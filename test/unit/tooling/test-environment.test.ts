import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { testEnvironment } from '../../../scripts/lib/test-environment.mjs'

const mine = {
  PATH: '/bin',
  HOME: '/home/ann-who-tests',
  XDG_CONFIG_HOME: '/home/ann-who-tests/.config',
  UNDERSTUDY_HOME: '/home/ann-who-tests/takes',
  UNDERSTUDY_KLING_KEY: 'secret',
}

describe('what a test run knows of the person who starts it', () => {
  it('is neither their home, nor their library, nor their keys', () => {
    const env = testEnvironment(mine, '/tmp/run', null)
    expect(Object.values(env).filter((value) => value?.includes('ann-who-tests'))).toEqual([])
    expect(env).toMatchObject({
      HOME: join('/tmp/run', 'user'),
      TMPDIR: join('/tmp/run', 'tmp'),
      UNDERSTUDY_HOME: join('/tmp/run', 'user', 'understudy'),
      PATH: '/bin',
    })
    expect(env).not.toHaveProperty('UNDERSTUDY_KLING_KEY')
  })

  it('is the browser that was found for them', () => {
    expect(testEnvironment(mine, '/tmp/run', '/usr/bin/chromium')).toMatchObject({
      UNDERSTUDY_BROWSER: '/usr/bin/chromium',
    })
  })
})
