import { describe, expect, it } from 'vitest'
import { createSoundTrack } from '../../../../src/renderer/features/compare/engine/sound.ts'

const sampleRate = 100

class FakeBuffer {
  readonly numberOfChannels = 1
  readonly sampleRate = sampleRate
  readonly samples: Float32Array
  constructor(samples: Float32Array) {
    this.samples = samples
  }
  getChannelData() {
    return this.samples
  }
  get length() {
    return this.samples.length
  }
  copyToChannel(source: Float32Array, _channel: number, first: number) {
    this.samples.set(source.subarray(0, Math.max(0, this.samples.length - first)), first)
  }
}

type FakeNode = {
  buffer: FakeBuffer | null
  loop: boolean
  loopStart: number
  loopEnd: number
  started: { readonly at: number; readonly offset: number } | null
  stopped: boolean
  readonly connect: () => void
  readonly disconnect: () => void
  readonly start: (at: number, offset: number) => void
  readonly stop: () => void
}
type FakeGain = { readonly gain: { value: number; setTargetAtTime: (value: number) => void } }

/** An AudioContext without a device. */
function fakeContext() {
  const nodes: FakeNode[] = []
  const gains: FakeGain[] = []
  let copies = 0
  const context = {
    state: 'running',
    currentTime: 5,
    destination: {},
    outputLatency: 0,
    stamp: { contextTime: 0, performanceTime: 0 },
    getOutputTimestamp: () => context.stamp,
    resume: () => Promise.resolve(),
    close: () => Promise.resolve(),
    createGain: () => {
      const gain = { value: 1, setTargetAtTime: (value: number) => (gain.value = value) }
      const made = { gain, connect: () => undefined }
      gains.push(made)
      return made
    },
    createBuffer: (_channels: number, length: number) => {
      copies += 1
      return new FakeBuffer(new Float32Array(length))
    },
    createBufferSource: () => {
      const node: FakeNode = {
        ...{ buffer: null, loop: false, loopStart: 0, loopEnd: 0, started: null, stopped: false },
        connect: () => undefined,
        disconnect: () => undefined,
        start: (at, offset) => (node.started = { at, offset }),
        stop: () => (node.stopped = true),
      }
      nodes.push(node)
      return node
    },
  }
  // The first gain is the volume.
  return {
    context,
    nodes,
    copies: () => copies,
    gains: () => gains.slice(1).map(({ gain }) => gain.value),
    volume: () => gains[0]?.gain.value,
  }
}

/** Every sample tells its place in the side’s own sound, from 1. */
const ramp = (seconds: number) =>
  new FakeBuffer(Float32Array.from({ length: seconds * sampleRate }, (_, sample) => 1 + sample))

async function opened(buffers: readonly (FakeBuffer | Promise<FakeBuffer> | null)[]) {
  const fake = fakeContext()
  const problems: unknown[] = []
  const asked: string[] = []
  let ready = 0
  const track = createSoundTrack({
    // The part of it that is used.
    context: fake.context as unknown as AudioContext,
    load: (side, speed) => {
      asked.push(`${String(side)} at ${String(speed)}`)
      return Promise.resolve(buffers[side] as unknown as AudioBuffer | Promise<AudioBuffer> | null)
    },
    sides: buffers.length,
    onReady: () => (ready += 1),
    onProblem: (error) => problems.push(error),
  })
  track.hear(0)
  track.place(
    buffers.map(() => 0),
    { start: 0, end: 4 },
  )
  const load = async (speed = 1) => {
    track.isReady(speed)
    await Promise.resolve()
    await Promise.resolve()
  }
  /** Hears these sides one after the other, as a person does who switches between them. */
  const loadAll = async (...sides: readonly number[]) => {
    for (const side of sides) {
      track.hear(side)
      await load()
    }
  }
  await load()
  return { ...fake, track, load, loadAll, asked, problems, ready: () => ready }
}

describe('the sound of a comparison', () => {
  it('is loaded once for the heard side and each speed, and ready once it is there', async () => {
    const { track, load, asked, ready } = await opened([ramp(4), null])
    expect([track.isReady(1), ready()]).toEqual([true, 1])
    expect(track.isReady(0.5)).toBe(false)
    await load(0.5)
    expect(track.isReady(0.5)).toBe(true)
    expect(asked).toEqual(['0 at 1', '0 at 0.5'])
    track.hear(1)
    await load()
    expect(track.isReady(1)).toBe(true)
    expect(asked).toEqual(['0 at 1', '0 at 0.5', '1 at 1'])
  })

  it('is kept of the two sides heard last, at the two speeds played last, and the rest is freed', async () => {
    const { track, load, loadAll, asked } = await opened([1, 2, 3, 4, 5].map(() => ramp(4)))
    await load(0.5)
    await load(0.25)
    await load(0.5)
    expect(asked).toEqual(['0 at 1', '0 at 0.5', '0 at 0.25'])
    await load(1)
    expect(asked.splice(0)).toHaveLength(4)
    await loadAll(1, 0, 1, 0)
    expect(asked.splice(0)).toEqual(['1 at 1'])
    await loadAll(2)
    // The first side was heard after the second.
    await loadAll(0)
    expect(asked.splice(0)).toEqual(['2 at 1'])
    await loadAll(1)
    expect(asked.splice(0)).toEqual(['1 at 1'])
    track.hear(null)
    await load()
    expect(asked).toEqual([])
  })

  it('needs no second buffer while nothing is moved', async () => {
    const { track, loadAll, copies, nodes } = await opened([ramp(4), ramp(3)])
    await loadAll(1)
    track.start(0, 1, null)
    expect([copies(), nodes.length]).toEqual([0, 2])
    // Beyond its own end there is silence to go through.
    track.start(0, 1, { start: 0, end: 4 })
    expect(copies()).toBe(1)
  })

  it('begins with all sides at one moment, and only one is heard', async () => {
    const { track, nodes, gains, volume, loadAll } = await opened([ramp(4), ramp(4)])
    await loadAll(1, 0)
    track.setVolume(0.3)
    track.start(1.5, 1, null)
    expect(nodes.map(({ started }) => started)).toEqual([nodes[0]?.started, nodes[0]?.started])
    expect(nodes[0]?.started?.offset).toBe(1.5)
    expect(gains()).toEqual([1, 0])
    expect(track.hear(1)).toBe(true)
    expect(gains()).toEqual([0, 1])
    expect(track.hear(null)).toBe(true)
    expect(gains()).toEqual([0, 0])
    expect(volume()).toBe(0.3)
  })

  it('is where its pictures are, when sides have been moved against each other', async () => {
    const { track, nodes, loadAll } = await opened([ramp(4), ramp(4)])
    await loadAll(1, 0)
    // At the beginning of the shared clock the second side is half a second on; the first begins a second later.
    track.place([-1, 0.5], { start: 0, end: 5 })
    track.start(0, 1, null)
    // The newest first: the side that is heard.
    const sampleAt = (side: number, seconds: number) => nodes[side]?.buffer?.samples[seconds * sampleRate]
    expect([sampleAt(0, 0.5), sampleAt(0, 1), sampleAt(0, 2)]).toEqual([0, 1, 101])
    expect([sampleAt(1, 0), sampleAt(1, 2), sampleAt(1, 3.5)]).toEqual([51, 251, 0])
  })

  it('is as much longer as it is slower, and so are its places', async () => {
    const { track, load, nodes } = await opened([ramp(8)])
    await load(0.5)
    track.place([0], { start: 0, end: 4 })
    track.start(1, 0.5, { start: 0.5, end: 2 })
    expect(nodes[0]?.buffer?.samples).toHaveLength(8 * sampleRate)
    expect(nodes[0]).toMatchObject({ loop: true, loopStart: 1, loopEnd: 4, started: { offset: 2 } })
  })

  it('says how much has been heard, nothing before the first sample, and the latency of the device is no sound yet', async () => {
    const { context, track, nodes, load } = await opened([ramp(4)])
    await load(2)
    expect(track.played(0)).toBeNull()
    track.start(0, 2, null)
    const at = nodes[0]?.started?.at ?? 0
    expect(track.played(0)).toBeNull()
    context.currentTime = at + 1
    expect(track.played(0)).toBeCloseTo(2)
    context.outputLatency = 0.1
    expect(track.played(0)).toBeCloseTo(1.8)
    // A device that reports says it exactly, also between two of its reports.
    context.stamp = { contextTime: at + 0.5, performanceTime: 1000 }
    expect(track.played(1100)).toBeCloseTo(1.2)
    expect(track.played(9000)).toBeCloseTo(2)
    context.state = 'suspended'
    expect(track.played(1100)).toBeNull()
  })

  it('has to be started again for a side that was loaded later', async () => {
    const late = Promise.withResolvers<FakeBuffer>()
    const { track, nodes } = await opened([ramp(4), late.promise])
    track.start(0, 1, null)
    expect(nodes).toHaveLength(1)
    expect(track.hear(1)).toBe(false)
    expect(track.isReady(1)).toBe(false)
    late.resolve(ramp(4))
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
    expect(track.isReady(1)).toBe(true)
    track.start(2, 1, null)
    expect(nodes).toHaveLength(3)
    expect(track.hear(0)).toBe(true)
  })

  it('ends all sides when it stops or begins elsewhere', async () => {
    const { track, nodes, loadAll } = await opened([ramp(4), ramp(4)])
    await loadAll(1)
    track.start(0, 1, null)
    track.start(2, 1, null)
    expect(nodes.map(({ stopped }) => stopped)).toEqual([true, true, false, false])
    track.stop()
    expect(nodes.every(({ stopped }) => stopped)).toBe(true)
    expect(track.played(0)).toBeNull()
  })

  it('that can not be loaded is said, and the pictures need not wait for it', async () => {
    const fake = fakeContext()
    const problems: unknown[] = []
    const track = createSoundTrack({
      context: fake.context as unknown as AudioContext,
      load: () => Promise.reject(new Error('no file')),
      ...{ sides: 1, onReady: () => undefined, onProblem: (error: unknown) => problems.push(error) },
    })
    track.hear(0)
    track.isReady(1)
    await Promise.resolve()
    await Promise.resolve()
    expect(problems).toHaveLength(1)
    expect(track.isReady(1)).toBe(true)
    track.start(0, 1, null)
    expect(fake.nodes).toHaveLength(0)
  })
})
