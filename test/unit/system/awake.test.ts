import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { limitAwake, watchStall } from '../../../src/main/system/awake.ts'
import { createRunTool } from '../../../src/main/processes/run-tool.ts'
import { ask, submitOnce } from '../../../src/main/providers/http/http.ts'
import { scriptedServer } from '../../support/servers/scripted-server.ts'
import { straightNetwork } from '../../support/servers/straight-network.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  vi.useRealTimers()
  await Promise.all(cleanups.splice(0).map((cleanup) => cleanup()))
})

/** This process does nothing for so long, as in a sleep of the machine: its timers come due before it reads anything. */
const sleepOfTheMachine = (duration: number) =>
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, duration)

const turnOfTheLoop = () => new Promise((resolve) => setImmediate(resolve))

describe('a time limit', () => {
  it('ends after its time, once', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
    const ended = vi.fn<() => void>()
    limitAwake(60_000, ended)
    vi.advanceTimersByTime(59_000)
    await turnOfTheLoop()
    expect(ended).not.toHaveBeenCalled()
    vi.advanceTimersByTime(61_000)
    await turnOfTheLoop()
    expect(ended).toHaveBeenCalledOnce()
  })

  it('waits for its last part again after a sleep of the machine, however long that was', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
    const ended = vi.fn<() => void>()
    limitAwake(60_000, ended)
    vi.advanceTimersByTime(50_000)
    vi.setSystemTime(Date.now() + 8 * 3_600_000)
    vi.advanceTimersByTime(24_000)
    await turnOfTheLoop()
    expect(ended).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1000)
    await turnOfTheLoop()
    expect(ended).toHaveBeenCalledOnce()
  })

  it('does not end where it was stopped, or begun again, in the very turn in which its time was over', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
    const ended = vi.fn<() => void>()
    const [stopped, begun] = [limitAwake(400, ended), limitAwake(400, ended)]
    vi.advanceTimersByTime(400)
    stopped.stop()
    begun.again()
    await turnOfTheLoop()
    expect(ended).not.toHaveBeenCalled()
    vi.advanceTimersByTime(400)
    await turnOfTheLoop()
    expect(ended).toHaveBeenCalledOnce()
  })
})

describe('after a sleep of the machine, what waits to be read comes before a time limit:', () => {
  /** An answer that lies ready when the machine wakes up, more than a minute later as far as its timers know. */
  async function answered() {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const server = await scriptedServer((_seen, response) => {
      response.end('{"task":"paid"}', () => setImmediate(() => vi.advanceTimersByTime(61_000)))
    })
    cleanups.push(server.close)
    return new URL(server.origin)
  }
  const got = { kind: 'answer', answer: { status: 200, body: '{"task":"paid"}' } }

  it('the answer to a paid submit', async () => {
    const url = await answered()
    expect(
      await submitOnce(straightNetwork, { url, headers: {}, body: '{}' }, () => undefined),
    ).toMatchObject(got)
  })

  it('the answer to a question', async () => {
    expect(await ask(straightNetwork, { url: await answered(), headers: {} })).toMatchObject(got)
  })

  it('the output of a tool', async () => {
    const script =
      'process.stdout.write("1"); setTimeout(() => process.stdout.write("2"), 800); setTimeout(() => {}, 1400)'
    const running = createRunTool()({
      command: process.execPath,
      args: ['-e', script],
      wallLimit: 60_000,
      stallLimit: 1000,
      onOutput: (chunk) => {
        if (Buffer.from(chunk).toString() === '1') sleepOfTheMachine(1300)
      },
    })
    expect(await running).toMatchObject({ ended: 'exit', exitCode: 0 })
  })
})

describe('a connection that is watched', () => {
  /** A server that says what the test says, and the connection to it. */
  async function connection(): Promise<{ readonly near: Socket; readonly far: Socket }> {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const arriving = once(server, 'connection') as Promise<[Socket]>
    const near = connect((server.address() as AddressInfo).port, '127.0.0.1')
    const [far] = await arriving
    cleanups.push(() => {
      near.destroy()
      far.destroy()
      server.close()
    })
    near.resume()
    return { near, far }
  }

  it('stalls where nothing comes, and not while bytes come now and then', async () => {
    const { near, far } = await connection()
    const began = performance.now()
    const stalled = Promise.withResolvers<number>()
    let sent = 0
    const dripping = setInterval(() => {
      sent += 1
      far.write('.')
      if (sent === 8) clearInterval(dripping)
    }, 100)
    watchStall(near, 400, () => {
      stalled.resolve(performance.now() - began)
    })
    expect(await stalled.promise).toBeGreaterThanOrEqual(1100)
    expect(near.bytesRead).toBe(8)
  })

  it('does not stall because the machine slept: what came meanwhile is read first', async () => {
    const { near, far } = await connection()
    const stall = vi.fn<() => void>()
    watchStall(near, 400, stall)
    near.once('data', () => {
      far.write('2')
      sleepOfTheMachine(1500)
    })
    const second = new Promise((resolve) => {
      near.on('data', (chunk: Buffer) => {
        if (chunk.toString() === '2') resolve(null)
      })
    })
    far.write('1')
    await second
    await turnOfTheLoop()
    expect(stall).not.toHaveBeenCalled()
  })
})
