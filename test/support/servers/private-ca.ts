import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'

/*
 * A certificate authority of a test's own. Node can read certificates but not make them, so the few fields that matter are
 * written here in DER (RFC 5280).
 */

const oids = { name: '550403', names: '551d11', constraints: '551d13', ecdsaSha256: '2a8648ce3d040302' }

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  if (body.length < 128) return Buffer.concat([Buffer.of(tag, body.length), body])
  const long = body.length > 255 ? [0x82, body.length >> 8, body.length & 255] : [0x81, body.length]
  return Buffer.concat([Buffer.of(tag, ...long), body])
}
const sequence = (...parts: readonly Buffer[]) => der(0x30, ...parts)
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'))
const algorithm = sequence(oid(oids.ecdsaSha256))
const nameOf = (name: string) => sequence(der(0x31, sequence(oid(oids.name), der(0x0c, Buffer.from(name)))))
const time = (at: number) => {
  const digits = new Date(at)
    .toISOString()
    .replace(/[-:T]|\.\d+/g, '')
    .slice(2)
  return der(0x17, Buffer.from(digits))
}
const day = 24 * 60 * 60_000

type Wanted = {
  readonly subject: string
  readonly key: KeyObject
  readonly issuer: { readonly subject: string; readonly privateKey: KeyObject }
  readonly extension: Buffer
  /** In days from now. */
  readonly until: number
}

function certificate({ subject, key, issuer, extension, until }: Wanted): string {
  const now = Date.now()
  const body = sequence(
    der(0xa0, der(0x02, Buffer.of(2))),
    der(0x02, Buffer.concat([Buffer.of(1), randomBytes(8)])),
    algorithm,
    nameOf(issuer.subject),
    sequence(time(now - 20 * day), time(now + until * day)),
    nameOf(subject),
    key.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(extension)),
  )
  const signature = der(0x03, Buffer.of(0), sign('sha256', body, issuer.privateKey))
  const text = sequence(body, algorithm, signature).toString('base64')
  return `-----BEGIN CERTIFICATE-----\n${text.match(/.{1,64}/g)?.join('\n') ?? ''}\n-----END CERTIFICATE-----\n`
}

const newKeys = () => generateKeyPairSync('ec', { namedCurve: 'P-256' })

/** An authority that no system knows, and what it issues for a name: a key and a chain for a TLS server. */
export function privateAuthority(subject: string) {
  const { publicKey, privateKey } = newKeys()
  const issuer = { subject, privateKey }
  const isAuthority = der(0x04, sequence(der(0x01, Buffer.of(255))))
  const root = certificate({
    ...{ subject, issuer, key: publicKey, until: 20 },
    extension: sequence(oid(oids.constraints), der(0x01, Buffer.of(255)), isAuthority),
  })
  return {
    root,
    issue: (name: string, until = 10) => {
      const own = newKeys()
      const names = der(0x04, sequence(der(0x82, Buffer.from(name))))
      const cert = certificate({
        ...{ subject: name, issuer, key: own.publicKey, until },
        extension: sequence(oid(oids.names), names),
      })
      return { cert, key: own.privateKey.export({ type: 'pkcs8', format: 'pem' }) }
    },
  }
}
