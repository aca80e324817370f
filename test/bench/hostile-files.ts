import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { entries } from '../../scripts/lib/paths.mjs'
import { playlistAsClip, truncatedClip } from '../support/clips/clips.ts'
import { hugePng } from '../support/clips/pictures.ts'

export const name =
  'refusing hostile files from the command line, whole process: time and peak memory with all children'
export const limit = {
  hugeImageSlowest: 1000,
  hugeImagePeak: 200,
  playlistSlowest: 1000,
  cutClipSlowest: 1000,
  unit: 'ms and MB',
}

const runs = 5
/** Between two looks at the memory of the processes that run. */
const interval = 5

/** The most memory a process has ever had, and the processes it started; zero where the system does not tell. */
function peakOf(pid: number): number {
  try {
    const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8')
    const children = readFileSync(`/proc/${String(pid)}/task/${String(pid)}/children`, 'utf8')
    const own = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0)
    return children
      .split(' ')
      .filter(Boolean)
      .reduce((sum, child) => sum + peakOf(Number(child)), own)
  } catch {
    return 0
  }
}

async function refuse(home: string, option: string, path: string) {
  const start = performance.now()
  const args = [entries.cli, 'prepare', option, path, '--out', join(home, 'out'), '--json']
  const env = { ...process.env, UNDERSTUDY_HOME: home }
  const child = spawn(process.execPath, args, { env, stdio: 'ignore' })
  let peak = 0
  const look = setInterval(() => {
    peak = Math.max(peak, peakOf(child.pid ?? 0))
  }, interval)
  const [code] = (await once(child, 'exit')) as [number | null]
  clearInterval(look)
  if (code !== 4) throw new Error(`${path}: exit ${String(code)} instead of 4`)
  return { time: performance.now() - start, peak: peak / 1024 }
}

async function slowest(home: string, option: string, path: string) {
  const all = []
  for (let nth = 0; nth < runs; nth += 1) all.push(await refuse(home, option, path))
  return {
    time: Math.round(Math.max(...all.map(({ time }) => time))),
    peak: Math.round(Math.max(...all.map(({ peak }) => peak))),
  }
}

export async function run() {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-bench-'))
  try {
    const huge = await slowest(folder, '--character', await hugePng(folder))
    const list = await slowest(folder, '--clip', await playlistAsClip(folder))
    const cut = await slowest(folder, '--clip', await truncatedClip(folder))
    return {
      ...{ hugeImageSlowest: huge.time, hugeImagePeak: huge.peak },
      ...{ playlistSlowest: list.time, playlistPeak: list.peak },
      ...{ cutClipSlowest: cut.time, cutClipPeak: cut.peak, unit: 'ms and MB' },
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
