import type { ProviderView } from '../../shared/contract.ts'
import { fail, ok, type Outcome } from '../../shared/outcome.ts'
import { isLoopbackHost } from '../providers/addresses.ts'
import type { Route } from '../studio-types.ts'
import type { GenerateRequest } from './requests.ts'

/** Where the take is sent and how the provider gets the clip; a problem where it could never fetch it. */
export function clipRoute(
  { settings, baseUrl, host, clipUrl }: Pick<GenerateRequest, 'settings' | 'baseUrl' | 'host' | 'clipUrl'>,
  providers: readonly ProviderView[],
): Outcome<Route> {
  const practice = providers.some((entry) => entry.id === settings.provider && entry.practice)
  const onThisMachine = baseUrl === null ? practice : isLoopbackHost(new URL(baseUrl).hostname)
  if (onThisMachine || clipUrl !== null) return ok({ baseUrl, clipUrl })
  if (host === 'loopback')
    return fail('usage', `--host loopback needs a provider on this machine, and ${settings.provider} is not.`)
  return fail('usage', `${settings.provider} fetches the clip from the web.`, {
    advice: 'Put the prepared clip on the web and name its address with --clip-url.',
  })
}
