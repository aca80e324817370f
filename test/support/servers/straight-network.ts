import { systemClock } from '../../../src/main/system/clock.ts'
import { createNetwork } from '../../../src/main/network/connect.ts'
import { direct } from '../../../src/main/network/routes.ts'

/** The network of a computer without a proxy, whatever the environment of the tests says. */
export const straightNetwork = createNetwork({
  routes: () => Promise.resolve([direct]),
  monotonic: systemClock.monotonic,
})
