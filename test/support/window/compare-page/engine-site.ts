import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { findBrowser } from '../../../../scripts/lib/find-browser.mjs'
import { browserArguments } from '../browser-arguments.ts'
import { privateMegabytes } from '../browser-memory.ts'
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
