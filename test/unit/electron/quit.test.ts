import { describe, expect, it } from 'vitest'
import { closeBeforeQuit } from '../../../src/main/electron/lifecycle.ts'
import { anApp, anEvent } from '../../support/window/electron-double.ts'

function quitting() {
  const app = anApp()
  const lines: string[] = []
  const gate = Promise.withResolvers<undefined>()
  let closes = 0
  const leaving = closeBeforeQuit(app, {
    close: () => {
      closes += 1
      return gate.promise
    },
    openAgain: () => app.calls.push('open again'),
    log: (line) => lines.push(line),
  })
  const quit = () => {
    const event = anEvent({})
    app.emit('will-quit', event)
    return event.prevented
  }
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve))
  return { leaving, app, quit, gate, lines, settled, closes: () => closes }
}

describe('quitting', () => {
  it('waits until the studio has closed, then goes on', async () => {
    const { app, quit, gate, settled, closes } = quitting()
    expect(quit()).toBe(true)
    await settled()
    expect(app.calls).toEqual([])
    gate.resolve(undefined)
    await settled()
    expect(app.calls).toEqual(['release lock', 'quit'])
    expect(quit()).toBe(false)
    expect(closes()).toBe(1)
  })

  it('opens again after its end for whoever started it meanwhile', async () => {
    const { app, quit, gate, settled } = quitting()
    app.emit('second-instance')
    quit()
    app.emit('second-instance')
    app.emit('second-instance')
    gate.resolve(undefined)
    await settled()
    expect(app.calls).toEqual(['release lock', 'open again', 'quit'])
  })

  it('opens again after its end when the library was moved', async () => {
    const { leaving, app, quit, gate, settled } = quitting()
    leaving.again()
    expect(app.calls).toEqual(['quit'])
    quit()
    gate.resolve(undefined)
    await settled()
    expect(app.calls).toEqual(['quit', 'release lock', 'open again', 'quit'])
  })

  it('closes once, however often the user insists', async () => {
    const { quit, gate, settled, closes } = quitting()
    quit()
    expect(quit()).toBe(true)
    gate.resolve(undefined)
    await settled()
    expect(closes()).toBe(1)
  })

  it('goes on after a failed close, and writes it down', async () => {
    const { app, quit, gate, lines, settled } = quitting()
    quit()
    gate.reject(new Error('the library is on a disk that is gone'))
    await settled()
    expect(app.calls).toEqual(['release lock', 'quit'])
    expect(lines).toEqual(['Understudy didn’t close cleanly'])
  })
})
