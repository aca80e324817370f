import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { entries } from '../../scripts/lib/paths.mjs'
import { claimedHuge, type ClaimedFormat } from '../support/clips/huge-pictures.ts'

export const name = 'pictures: 16000 × 16000 refused, 120 million pixels prepared, by the whole command line'
export const limit = { refusedTime: 1000, refusedMemory: 200, unit: 'ms, MB' }

const formats: readonly ClaimedFormat[] = ['jpeg', 'png', 'webp', 'avif', 'heic', 'gif', 'tiff', 'bmp']

/** Starts before the work and looks every few milliseconds: Linux tells the peak of a process only while it lives. */
const peakOf = (pid: number): number => {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1] ?? 0) / 1000
  } catch {
    // It has ended, or this is not Linux.
    return 0
  }
}

async function commandLine(home: string, args: readonly string[]) {
  const started = performance.now()
  const child = spawn(process.execPath, [entries.cli, '--home', home, ...args], { stdio: 'ignore' })
  let peak = 0
  const look = setInterval(() => {
    peak = Math.max(peak, peakOf(child.pid ?? 0))
  }, 3)
  const [code] = (await once(child, 'exit')) as [number | null]
  clearInterval(look)
  return { code, time: Math.round(performance.now() - started), memory: Math.round(peak) }
}

/** As large as a phone takes them: 12000 × 10000. */
async function largest(folder: string): Promise<string> {
  const path = join(folder, 'largest.jpg')
  const noise = { type: 'gaussian', mean: 128, sigma: 12 } as const
  const tile = await sharp({
    create: { width: 1200, height: 1000, channels: 3, background: '#808080', noise },
  })
    .png()
    .toBuffer()
  await sharp({
    create: { width: 12_000, height: 10_000, channels: 3, background: '#808080' },
    limitInputPixels: false,
  })
    .composite([{ input: tile, tile: true }])
    .jpeg({ quality: 80 })
    .toFile(path)
  return path
}

export async function run() {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-bench-'))
  const home = join(folder, 'home')
  const out = join(folder, 'out')
  const prepare = (source: string) =>
    commandLine(home, ['prepare', '--character', source, '--out', out, '--json'])
  try {
    const measured: Record<string, number | string> = { unit: 'ms, MB' }
    let [time, memory] = [0, 0]
    for (const format of formats) {
      const refused = await prepare(await claimedHuge(folder, format))
      if (refused.code !== 4) throw new Error(`${format} ended with ${String(refused.code)}`)
      measured[`${format}Time`] = refused.time
      measured[`${format}Memory`] = refused.memory
      time = Math.max(time, refused.time)
      memory = Math.max(memory, refused.memory)
    }
    const source = await largest(folder)
    const whole = await prepare(source)
    if (whole.code !== 0) throw new Error(`the largest ended with ${String(whole.code)}`)
    writeFileSync(join(folder, 'empty.txt'), '')
    const idle = await prepare(join(folder, 'empty.txt'))
    return {
      ...measured,
      refusedTime: time,
      refusedMemory: memory,
      idleTime: idle.time,
      idleMemory: idle.memory,
      largestBytes: statSync(source).size,
      largestTime: whole.time,
      largestMemory: whole.memory,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
