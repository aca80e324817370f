import type { ServerResponse } from 'node:http'
import { bearer } from '../../../src/main/providers/http/authorization.ts'
import { createKlingGateway } from '../../../src/main/providers/kling/gateway.ts'
import { createKling } from '../../../src/main/providers/kling/official.ts'
import { gatewayContract, type GatewayKind } from '../../support/servers/contracts/gateway.ts'
import { klingContract } from '../../support/servers/contracts/kling.ts'
import { scriptedServer, type Seen } from '../../support/servers/scripted-server.ts'
import { aHostedClip, canary, partsFor, type openThings } from './kling-support.ts'

type Keep = ReturnType<typeof openThings>['keep']

const providerAt = (origin: string) =>
  createKling({ ...partsFor(origin), id: 'kling', authorization: bearer(canary) })

/** The older generation before a server that answers anything at all. */
export const scriptedKling =
  (keep: Keep) => async (answer: (seen: Seen, response: ServerResponse) => void) => {
    const server = keep(await scriptedServer(answer))
    return { server, provider: providerAt(server.origin) }
  }

/** The older generation before its contract server. */
export const contractKling = (keep: Keep) => async () => {
  const server = keep(await klingContract({ key: canary }))
  return { server, clip: await aHostedClip(keep), provider: providerAt(server.origin) }
}

/** A gateway account before a gateway of one kind. */
export const contractGateway =
  (keep: Keep) =>
  async (
    kind: GatewayKind = 'official',
    given: {
      words?: readonly string[]
      contractPath?: string
      pollPath?: string
      findsOwnIds?: boolean
    } = {},
  ) => {
    const { words, contractPath, pollPath = null, findsOwnIds = false } = given
    const server = keep(
      await gatewayContract(canary, kind, {
        findsOwnIds,
        ...(words && { words }),
        ...(contractPath !== undefined && { pollPath: contractPath }),
      }),
    )
    const clip = await aHostedClip(keep)
    const provider = createKlingGateway({ ...partsFor(server.origin), key: canary, pollPath })
    return { server, clip, provider }
  }
