/** How tests start a browser: nothing may leave this machine, and playback may start by itself. */
export const browserArguments = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--autoplay-policy=no-user-gesture-required',
  // As root the browser cannot make its sandbox.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
]
