import { SignJWT } from 'jose'
import type { Milliseconds } from '../../../shared/units.ts'

/** How one account proves who it is, in the Authorization header. */
export type Authorization = {
  /** True when every request gets a newly signed header, so that a wrong clock can be corrected. */
  readonly signed: boolean
  readonly header: () => Promise<string>
}

/** An API key, sent as it is. */
export const bearer = (key: string): Authorization => ({
  signed: false,
  header: () => Promise.resolve(`Bearer ${key}`),
})

/** The documented sample goes back 5 s and lives 30 min; no leeway is promised, and clocks of desktops are wrong by more. */
const backdatedSeconds = 60
const lifeSeconds = 1500

type Pair = {
  readonly accessKey: string
  readonly secretKey: string
  /** The time of the server that will judge the token. */
  readonly serverTime: () => Milliseconds
}

/** An access key and a secret key: a short-lived token, signed for each request. */
export const signed = ({ accessKey, secretKey, serverTime }: Pair): Authorization => ({
  signed: true,
  header: async () => {
    const now = Math.floor(serverTime() / 1000)
    // Without `typ` the service answers 401, and its samples carry no `iat`.
    const token = await new SignJWT({ iss: accessKey, exp: now + lifeSeconds, nbf: now - backdatedSeconds })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .sign(new TextEncoder().encode(secretKey))
    return `Bearer ${token}`
  },
})
