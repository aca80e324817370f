import { once } from 'node:events'
import type { CallAnswer, CallArgs, CallName } from '../../../src/shared/contract.ts'
import type { Outcome } from '../../../src/shared/outcome.ts'
import { terminalStates, waitingForUser, type Take } from '../../../src/shared/domain/take.ts'
import { aFrame, type ContentsProbe } from './electron-double.ts'
import electron, { invoke, listeners, notices, protocol, revealed, windows } from './electron-stand-in.ts'

/* From the sample to a saved result and a library that is moved, through the composition root of the Electron face; what was seen is printed. */

await import('../../../src/main/index.ts')
while (windows.length === 0) await new Promise((later) => setImmediate(later))
const window = windows[0]
if (window === undefined) throw new Error('no window was opened')
const contents: ContentsProbe = window.webContents

async function ask<N extends CallName>(name: N, args: CallArgs<N>): Promise<CallAnswer<N>> {
  // The dispatch answers every call with its outcome.
  const outcome = (await invoke(name, { senderFrame: aFrame(), sender: contents }, args)) as Outcome<
    CallAnswer<N>
  >
  if (!outcome.ok) throw new Error(`${name}: ${outcome.problem.message}`)
  return outcome.value
}

const ended = Promise.withResolvers<Take>()
const states: string[] = []
contents.send = (channel: string, payload: unknown) => {
  if (channel !== 'take:changed') return
  const take = payload as Take
  if (states.at(-1) !== take.state) states.push(take.state)
  if (terminalStates.has(take.state) || waitingForUser.has(take.state)) ended.resolve(take)
}

const about = await ask('app:about', {})
const sample = await ask('sample:load', {})
const seen = await ask('file:inspect', { file: sample.clip.token })
const range = new Request(seen.media, { headers: { Range: 'bytes=0-99' } })
const media = await protocol.served.get('media')?.(range)
const take = '01JD0000000000000000000007'
await ask('take:submit', {
  take,
  character: sample.character.token,
  clip: sample.clip.token,
  window: { start: 0, length: 3 },
  settings: (await ask('settings:read', {})).lastTake,
  delivery: { host: null, clipUrl: null, characterUrl: null },
  consent: { amount: 0, passGuard: false },
})
const last = await ended.promise
const comparison = await ask('take:compare', { takes: [take] })
const saved = await ask('result:save', { take, folder: null, name: null, marked: false })
await ask('result:reveal', { take })

// A move of the library ends the program, as quitting does.
const gone = once(electron.app, 'gone')
const plan = await ask('library:plan-move', { folder: null })
const moved = await ask('library:move', { plan: plan?.plan ?? '' })
await gone
process.stdout.write(
  JSON.stringify({
    face: about.face,
    media: [media?.status, media?.headers.get('content-range')],
    states,
    problem: last.problem,
    frames: comparison.takes[0]?.result.frameTimes.length,
    saved,
    revealed: revealed.length,
    notices,
    moved: moved.to,
    left: electron.app.calls,
    listening: listeners.eventNames(),
    progress: window.progress.at(-1),
    loaded: window.calls,
  }),
)
