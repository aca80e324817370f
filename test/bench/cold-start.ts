import { chromium } from '@playwright/test'
import { findBrowser } from '../../scripts/lib/find-browser.mjs'
import { makeHome, startBrowserFace } from '../support/window/browser-face.ts'
import { browserArguments } from '../support/window/browser-arguments.ts'

export const name = 'cold start of the browser face to a usable window'
export const limit = { median: 2000, unit: 'ms' }

const runs = 5

/** From the start of the process to the address, and to a window whose Generate button can be seen. */
async function once(): Promise<{ readonly address: number; readonly usable: number }> {
  const start = performance.now()
  const face = await startBrowserFace(makeHome())
  const address = performance.now() - start
  const executablePath = findBrowser()
  const browser = await chromium.launch({
    args: browserArguments,
    ...(executablePath !== null && { executablePath }),
  })
  try {
    const page = await browser.newPage()
    await page.goto(await face.nextAddress())
    await page.getByRole('button', { name: 'Generate', exact: true }).waitFor()
    return { address, usable: performance.now() - start }
  } finally {
    await browser.close()
    await face.close()
  }
}

export async function run() {
  const addresses: number[] = []
  const usable: number[] = []
  for (let nth = 0; nth < runs; nth += 1) {
    const times = await once()
    addresses.push(times.address)
    usable.push(times.usable)
  }
  const middle = (times: number[]) => Math.round(times.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? 0)
  return {
    address: middle(addresses),
    median: middle(usable),
    max: Math.round(Math.max(...usable)),
    unit: 'ms',
  }
}
