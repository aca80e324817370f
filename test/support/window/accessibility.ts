import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** What axe finds wrong with the page as it stands: the rule, and the elements that break it. */
export const violationsOn = async (page: Page) =>
  (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [
    id,
    nodes.map((node) => node.html),
  ])

/** What a change of the theme starts is over two repaints later, because without motion it takes a millisecond. */
const repainted = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => {
          requestAnimationFrame(() => {
            resolve()
          })
        })
      }),
  )

/**
 * The same in the dark and in the light theme; the page follows the system's choice while it is open. Without motion: a
 * button that becomes usable while axe reads fades too.
 */
export async function violationsInBothThemes(page: Page) {
  const found = []
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await repainted(page)
    for (const violation of await violationsOn(page)) found.push([colorScheme, ...violation])
  }
  return found
}
