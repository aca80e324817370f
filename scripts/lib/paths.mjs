import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** Where Node keeps what it has compiled, for the next start. */
export const compiledCode = join(root, 'node_modules', '.cache', 'understudy-code')

/** Notes of set-up to itself. They live inside node_modules, so that they vanish with what they describe. */
export const stampFolder = join(root, 'node_modules', '.understudy')

export const entries = {
  cli: join(root, 'out', 'main', 'cli.js'),
  web: join(root, 'out', 'main', 'web.js'),
  electron: join(root, 'out', 'main', 'index.js'),
  page: join(root, 'out', 'renderer', 'index.html'),
}
