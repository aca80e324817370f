import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { findBrowser } from '../../../../scripts/lib/find-browser.mjs'
import { browserArguments } from '../browser-arguments.ts'
import { buildPages, servePages } from './serve.ts'

export type EngineSite = {
  readonly page: Page
  /** Where the clips have to be that the page plays. */
  readonly folder: string
  /** Megabytes of the whole browser that no other process shares. */
  readonly memory: () => Promise<number>
}

/** The engine alone in a page of a browser of its own. */
export async function withEnginePage<T>(use: (site: EngineSite) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'understudy-engine-'))
  await buildPages(folder, ['engine.html'])
  const server = await servePages(folder)
  const executablePath = findBrowser()
  const marker = `--understudy-bench=${folder}`
  const browser = await chromium.launch({
    args: [...browserArguments, marker],
    ...(executablePath !== null && { executablePath }),
  })
  try {
    const page = await browser.newPage()
    await page.goto(`${server.address}engine.html`)
    await page.click('#begin')
    const memory = async () => {
      await new Promise((resolve) => setTimeout(resolve, 500))
      return privateMegabytes(marker)
    }
    return await use({ page, folder, memory })
  } finally {
    await browser.close()
    await server.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Linux only: the private memory of a browser and all processes it has started. */
function privateMegabytes(marker: string): number {
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const parent = Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
        return [{ pid: Number(pid), parent, command: readFileSync(`/proc/${pid}/cmdline`, 'utf8') }]
      } catch {
        return []
      }
    })
  const own = new Set(processes.filter(({ command }) => command.includes(marker)).map(({ pid }) => pid))
  for (let grown = true; grown;) {
    const before = own.size
    for (const { pid, parent } of processes) if (own.has(parent)) own.add(pid)
    grown = own.size > before
  }
  let kilobytes = 0
  for (const pid of own)
    try {
      const rollup = readFileSync(`/proc/${String(pid)}/smaps_rollup`, 'utf8')
      for (const [, size] of rollup.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+)/gm)) kilobytes += Number(size)
    } catch {
      // It has ended.
    }
  return kilobytes / 1024
}
