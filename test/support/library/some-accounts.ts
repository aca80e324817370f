import { createAccounts, type AccountsParts } from '../../../src/main/accounts/accounts.ts'
import { systemClock } from '../../../src/main/system/clock.ts'
import { environmentSecrets } from '../../../src/main/system/environment.ts'
import type { ClipHost } from '../../../src/main/hosting/hosts.ts'
import { createLoopbackHost } from '../../../src/main/hosting/local-hosts.ts'
import { defaultSettings, type Settings } from '../../../src/shared/domain/settings.ts'
import { straightNetwork } from '../servers/straight-network.ts'

/** Accounts over real settings in memory and the environment a test names. */
export function someAccounts(
  environment: Readonly<Record<string, string>> = {},
  different: Partial<AccountsParts> & { readonly tunnelAt?: string } = {},
) {
  let settings: Settings = defaultSettings
  const { tunnelAt, ...parts } = different
  const tunnel: ClipHost = { ...createLoopbackHost(systemClock), id: 'tunnel' }
  let made = 0
  const secrets = environmentSecrets(environment)
  const accounts = createAccounts({
    network: straightNetwork,
    clock: systemClock,
    log: () => undefined,
    random: () => 0.5,
    pace: () => Promise.resolve(),
    secrets,
    settings: {
      read: () => settings,
      change: (change) => {
        settings = { ...settings, ...change }
        return settings
      },
    },
    loopback: createLoopbackHost(systemClock),
    tunnel,
    findTunnel: () => tunnelAt ?? null,
    newId: (provider) => `${provider}-${String((made += 1)).padStart(4, '0')}`,
    openTakesOf: () => 0,
    practice: () => Promise.reject(new Error('not part of this test')),
    ...parts,
  })
  return { accounts, secrets, settings: () => settings }
}
