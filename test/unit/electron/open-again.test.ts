import { describe, expect, it } from 'vitest'
import { openAgain } from '../../../src/main/electron/open-again.ts'
import { anApp } from '../../support/window/electron-double.ts'

function opened(env: NodeJS.ProcessEnv, execPath: string) {
  const app = anApp()
  openAgain(app, { env, execPath, argv: [execPath, '--lang=de'] }, (file, args) =>
    app.calls.push(`start ${[file, ...args].join(' ')}`),
  )
  return app.calls
}

describe('opening again', () => {
  it('is left to Electron where the program stays where it is', () => {
    expect(opened({}, '/opt/Understudy/understudy')).toEqual(['release lock', 'relaunch'])
  })

  it('starts an AppImage by its own file: what is mounted from it ends with this process', () => {
    const env = { APPIMAGE: '/home/me/Understudy.AppImage', APPDIR: '/tmp/.mount_Und1' }
    expect(opened(env, '/tmp/.mount_Und1/understudy')).toEqual([
      'release lock',
      'start /home/me/Understudy.AppImage --lang=de',
    ])
  })

  it('does not start the terminal it came from, which may be an AppImage too', () => {
    const env = { APPIMAGE: '/home/me/Terminal.AppImage', APPDIR: '/tmp/.mount_Ter1' }
    expect(opened(env, '/opt/Understudy/understudy')).toEqual(['release lock', 'relaunch'])
  })
})
