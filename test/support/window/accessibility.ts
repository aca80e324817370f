import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** The rules of axe that depend on colours; every other rule finds the same in both themes. */
const aboutColours = ['color-contrast', 'link-in-text-block']

/** Only for a window without frames: with them, axe opens a page of its own for every look. */
const axe = (page: Page) => new AxeBuilder({ page }).setLegacyMode(true)

const violationsOf = async (builder: AxeBuilder) =>
  (await builder.analyze()).violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])

/** What axe finds wrong with the page as it stands: the rule, and the elements that break it. */
export const violationsOn = async (page: Page) => violationsOf(axe(page))

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
    const rules = colorScheme === 'dark' ? axe(page) : axe(page).withRules(aboutColours)
    for (const violation of await violationsOf(rules)) found.push([colorScheme, ...violation])
  }
  return found
}
