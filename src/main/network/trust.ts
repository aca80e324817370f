import { wrongTime, notSecured, certificateProblem } from './problems.ts'
import { errorCode } from '../files/error-code.ts'
import { NoSign, ready } from './ready.ts'
import { Unreached } from './unreached.ts'
import * as net from 'node:net'
import * as tls from 'node:tls'

/** Opens the connection that is to be made secure; each try needs one of its own. */
type Open = () => Promise<net.Socket>
export type SystemRoots = () => readonly string[]

/** OpenSSL's names for a chain that ends in no root we have. */
const rootUnknown = new Set([
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'CERT_UNTRUSTED',
])

const isAboutTheCertificate = (code: string) =>
  rootUnknown.has(code) || wrongTime.has(code) || /^(CERT_|ERR_TLS_CERT)/.test(code)

/** The roots this system trusts besides Node's own. On Linux each is in its folder several times. */
export function systemRoots(): readonly string[] {
  try {
    return [...new Set([...tls.getCACertificates('default'), ...tls.getCACertificates('system')])]
  } catch {
    // An embedder of Node may lack them.
    return []
  }
}

const named = (name: string) => (net.isIP(name) === 0 ? name : '')

const secure = (socket: net.Socket, host: string, more: tls.ConnectionOptions, signal?: AbortSignal) =>
  // Without `host` an address would be held against the name of the proxy.
  ready(tls.connect({ ...more, socket, host, servername: named(host) }), 'secureConnect', signal)

const words = (name: tls.Certificate | undefined) =>
  [name?.CN, name?.O]
    .flat()
    .filter((word) => word !== undefined && word !== '')
    .join(', ')
    .slice(0, 120) || 'no name'

/** Looks at the certificate that was not trusted. Nothing is sent or read on this connection. */
async function look(open: Open, host: string, signal?: AbortSignal): Promise<string> {
  try {
    const socket = await secure(await open(), host, { rejectUnauthorized: false }, signal)
    const {
      subject,
      issuer,
      valid_from: from,
      valid_to: to,
      fingerprint256,
      subjectaltname,
    } = socket.getPeerCertificate()
    socket.destroy()
    const names =
      subjectaltname === undefined ? '' : `, for ${subjectaltname.replaceAll('DNS:', '').slice(0, 120)}`
    return `Its certificate: ${words(subject)}${names}; issued by ${words(issuer)}; valid from ${from} to ${to}; SHA-256 ${fingerprint256}.`
  } catch {
    return 'Its certificate couldn’t be read a second time.'
  }
}

/**
 * Makes connections secure. The roots that come with Node are tried first; the system's own, which cost a quarter of a
 * second to read, only when these do not know the issuer. Once needed, they are kept.
 */
export function createTrust(roots: SystemRoots) {
  let wide: tls.SecureContext | undefined
  const withSystemRoots = () => {
    const ca = roots()
    if (ca.length > 0) wide = tls.createSecureContext({ ca: [...ca] })
    return wide
  }

  return async (open: Open, host: string, signal?: AbortSignal): Promise<net.Socket> => {
    const attempt = async (context: tls.SecureContext | undefined) =>
      secure(await open(), host, context ? { secureContext: context } : {}, signal)
    const known = wide
    try {
      return await attempt(known).catch((error: unknown) => {
        const more = known === undefined && rootUnknown.has(errorCode(error)) ? withSystemRoots() : undefined
        if (more === undefined) throw error
        return attempt(more)
      })
    } catch (error) {
      if (error instanceof Unreached) throw error
      const code = errorCode(error)
      if (isAboutTheCertificate(code)) throw certificateProblem(host, code, await look(open, host, signal))
      const why = error instanceof NoSign ? 'it took too long' : error instanceof Error ? error.message : ''
      throw notSecured(host, why)
    }
  }
}
