// `npm run dev`: hot reload. electron-vite drives both faces; for the browser face it starts Node where it would start
// Electron.
import { createServer } from 'node:net'
import { join } from 'node:path'
import { electronPath } from './lib/binaries.mjs'
import { forgetBuild } from './lib/build.mjs'
import { chooseFace } from './lib/face.mjs'
import { launch } from './lib/launch.mjs'
import { thisMachine } from './lib/machine.mjs'
import { root } from './lib/paths.mjs'
import { main, say } from './lib/say.mjs'
import { setUp } from './lib/set-up.mjs'

/** A port that is free now. The page's server has to know it before the studio is started. @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}

await main(async () => {
  const given = process.argv.slice(2)
  const asked = given.includes('--browser')
  const args = given.filter((argument) => argument !== '--browser')
  const { runtime, electron } = await setUp({ wantElectron: !asked })
  // What is built from now on is made for developing.
  forgetBuild()
  const choice = chooseFace(thisMachine(electron), asked)
  const electronVite = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const program = electronPath()
  if (choice.face === 'electron' && program !== null) {
    return launch(runtime.path, [electronVite, 'dev', '--watch', '--', ...args], {
      ...process.env,
      ELECTRON_EXEC_PATH: program,
    })
  }
  if (choice.face === 'browser' && choice.why !== null) say(`Understudy opens in a browser: ${choice.why}.`)
  const port = await freePort()
  return launch(runtime.path, [electronVite, 'dev', '--watch', '--', '--port', String(port), ...args], {
    ...process.env,
    ELECTRON_EXEC_PATH: runtime.path,
    ELECTRON_ENTRY: join(root, 'scripts', 'lib', 'dev-web.mjs'),
    UNDERSTUDY_DEV_PORT: String(port),
  })
})
