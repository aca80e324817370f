import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { WebSocket } from 'ws'
import type { FileRef } from '../../../src/shared/domain/views.ts'
import type { Outcome } from '../../../src/shared/outcome.ts'
import type { FirstTakes } from '../../../src/shared/domain/catalogue.ts'
import type { Take } from '../../../src/shared/domain/take.ts'
import { askPort, enter } from '../../unit/web/a-face.ts'
import { someSettings } from '../clips/facts.ts'
import { freely } from '../library/library.ts'

type Heard = {
  readonly event?: string
  readonly id?: string
  readonly answer?: unknown
  readonly payload?: Take
}

/** A page of the browser face without a browser: it speaks over the same socket and can be killed like one. */
export async function openPage(address: string) {
  const { port, headers } = await enter(address)
  const socket = new WebSocket(`ws://127.0.0.1:${String(port)}/socket`, { headers })
  const heard: Heard[] = []
  const waiting = new Set<() => void>()
  socket.on('message', (data: Buffer) => {
    heard.push(JSON.parse(data.toString('utf8')) as Heard)
    for (const look of waiting) look()
  })
  await once(socket, 'open')

  const hear = <T>(find: (one: Heard) => T | undefined): Promise<T> =>
    new Promise((resolve) => {
      const look = () => {
        for (const one of heard) {
          const found = find(one)
          if (found === undefined) continue
          waiting.delete(look)
          resolve(found)
          return
        }
      }
      waiting.add(look)
      look()
    })
  let asked = 0
  const ask = async <T>(name: string, args: unknown = {}): Promise<T> => {
    const id = String((asked += 1))
    socket.send(JSON.stringify({ id, name, args }))
    const answer = await hear((one) => (one.id === id ? (one.answer as Outcome<T>) : undefined))
    if (!answer.ok) throw new Error(answer.problem.message)
    return answer.value
  }
  const upload = async (path: string): Promise<string> => {
    const more = { 'x-file-name': encodeURIComponent(basename(path)) }
    const body = await readFile(path)
    const answer = await askPort(port, '/upload', { method: 'POST', headers: { ...headers, ...more }, body })
    return (JSON.parse(answer.body.toString()) as { readonly value: FileRef }).value.token
  }

  return {
    ask,
    takes: async () => (await ask<FirstTakes>('take:list')).entries.map(({ take }) => take),
    /** Resolves when one of these states is announced. */
    hears: (...states: Take['state'][]) =>
      hear(({ event, payload }) =>
        event === 'take:changed' && payload && states.includes(payload.state) ? payload : undefined,
      ),
    /** Resolves when this is announced. */
    told: (name: string) => hear(({ event }) => (event === name ? true : undefined)),
    /** Submits a take with the practice provider. */
    submit: async (take: string, files: { readonly character: string; readonly clip: string }) =>
      ask<Take>('take:submit', {
        take,
        character: await upload(files.character),
        clip: await upload(files.clip),
        window: { start: 0, length: null },
        settings: someSettings(),
        delivery: { host: null, clipUrl: null, characterUrl: null },
        consent: freely,
      }),
    /** As when its process dies: no goodbye. */
    kill: () => {
      socket.terminate()
    },
  }
}
