const EVERY = 250

/**
 * A command started through npm ends when npm is killed outright, instead of holding the library in the background.
 * npm passes on every other signal itself.
 */
export function endWithParent(env = process.env, platform = process.platform) {
  if (env['npm_lifecycle_event'] === undefined || platform === 'win32') return
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    process.kill(process.pid, 'SIGTERM')
  }, EVERY)
  timer.unref()
}
