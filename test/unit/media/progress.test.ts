import { describe, expect, it } from 'vitest'
import { progressReader } from '../../../src/main/media/tool-output.ts'

const block = (frame: number) =>
  new TextEncoder().encode(
    `frame=${String(frame)}\nout_time_us=${String(frame * 40_000)}\nspeed=1x\nprogress=continue\n`,
  )

describe('a sign of work', () => {
  it('is what ffmpeg tells while frames come, however slowly', () => {
    const reader = progressReader(10, () => undefined)
    for (let told = 0; told < 10_000; told += 1) expect(reader(block(Math.floor(told / 1000)))).toBe(true)
  })

  it('is no more what it tells once nothing was made for a quarter of an hour', () => {
    const reader = progressReader(10, () => undefined)
    const signs = Array.from({ length: 2000 }, () => reader(block(7)))
    expect(signs.indexOf(false)).toBeGreaterThan(1500)
    expect(signs.at(-1)).toBe(false)
    expect(reader(block(8))).toBe(true)
  })

  it('is no complaint', () => {
    const reader = progressReader(10, () => undefined)
    expect(reader(new TextEncoder().encode('[h264 @ 0x1] error while decoding MB\n'))).toBe(false)
  })
})
