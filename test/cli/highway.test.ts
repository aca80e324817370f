import { statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { highwayServer } from '../support/servers/contracts/highway.ts'
import { patient, remoteStage } from '../support/servers/remote-stage.ts'
import { ffmpeg } from '../support/processes/tools.ts'

const stage = remoteStage()
const key = 'canary-key-7f3a9c51-tail'

/** Five seconds of noise, which no encoder can make small: well over 10 MB. */
async function heavyClip(): Promise<string> {
  const path = join(stage.folder, 'heavy.mp4')
  const noise = 'testsrc2=size=640x480:rate=12:duration=5,noise=alls=100:allf=t'
  await ffmpeg('-f', 'lavfi', '-i', noise, '-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '10', path)
  return path
}

describe('a clip for Highway, which takes 10 MB at most', patient, () => {
  it('is made to fit before anything is uploaded, and five seconds are what is paid for', async () => {
    stage.clip = await heavyClip()
    expect(statSync(stage.clip).size).toBeGreaterThan(10_000_000)
    const highway = await highwayServer({ key, resultUrl: stage.results.put('highway.mp4', stage.result) })
    try {
      const ended = await stage.generate({
        provider: 'highway',
        origin: highway.origin,
        env: { UNDERSTUDY_HIGHWAY_KEY: key },
        flags: ['--orientation', 'image'],
      })
      expect(highway.violations).toEqual([])
      expect([ended.code, ended.last]).toEqual([0, 'DONE'])
      const take = String(ended.lines[0]?.['take'])
      const sent = statSync(join(ended.home, 'library', take, 'clip.mp4')).size
      expect(sent).toBeLessThanOrEqual(10_000_000)
      expect(sent).toBeGreaterThan(5_000_000)
    } finally {
      await highway.close()
    }
  })
})
