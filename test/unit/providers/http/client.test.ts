import { afterEach, describe, expect, it } from 'vitest'
import { createHttpClient } from '../../../../src/main/providers/http/client.ts'
import { systemClock } from '../../../../src/main/system/clock.ts'
import { scriptedServer, type ScriptedServer } from '../../../support/servers/scripted-server.ts'
import { straightNetwork } from '../../../support/servers/straight-network.ts'
const servers: ScriptedServer[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

async function clientOf(date: () => string, body = '{}', headers = {}) {
  const server = await scriptedServer((_seen, response) => {
    response.writeHead(200, { ...headers, date: date() }).end(body)
  })
  servers.push(server)
  const http = createHttpClient({
    network: straightNetwork,
    clock: systemClock,
    pace: () => Promise.resolve(),
    secrets: ['canary-key', 'canary/key/slash', 'e'],
  })
  const ask = () => http.ask({ url: new URL(server.origin), headers: {} })
  return { http, ask }
}
const hour = 3_600_000

describe('the HTTP client of a service', () => {
  it('knows the time of the server after one answer, to about a second', async () => {
    const { http, ask } = await clientOf(() => new Date(Date.now() + hour).toUTCString())
    await ask()
    expect(Math.abs(http.serverTime() - (Date.now() + hour))).toBeLessThan(2000)
  })

  it('is not led astray by one answer with a wrong date, or without a readable one', async () => {
    const dates = ['Thu, 01 Jan 1970 00:00:00 GMT', 'soon']
    const { http, ask } = await clientOf(() => dates.pop() ?? new Date().toUTCString())
    for (let asked = 0; asked < 5; asked += 1) await ask()
    expect(Math.abs(http.serverTime() - Date.now())).toBeLessThan(2000)
  })

  it('takes a key out of the headers of an answer, where the id of a request may be read from', async () => {
    const headers = { 'x-request-id': 'canary-key', 'set-cookie': ['a=canary%2Dkey', 'b=1'] }
    const { ask } = await clientOf(() => new Date().toUTCString(), '{}', headers)
    expect(await ask()).toMatchObject({
      answer: { headers: { 'x-request-id': '•••', 'set-cookie': ['a=•••', 'b=1'] } },
    })
  })

  it('takes a key out that is written as JSON writes slashes', async () => {
    const { ask } = await clientOf(() => new Date().toUTCString(), '{"message":"bad canary\\/key\\/slash"}')
    const end = await ask()
    expect(end).toMatchObject({ answer: { body: '{"message":"bad •••"}' } })
  })

  it('takes a key out of an answer that repeats it', async () => {
    const { ask } = await clientOf(() => new Date().toUTCString(), '{"message":"bad key canary-key"}')
    const end = await ask()
    expect(end).toMatchObject({ kind: 'answer', answer: { body: '{"message":"bad key •••"}' } })
  })
})
