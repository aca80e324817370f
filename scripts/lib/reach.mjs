import { connect } from 'node:net'

const LIMIT = 5000

/**
 * Why a host cannot be reached, or null. A firewall that swallows packets would otherwise hold a download for minutes.
 * Behind a proxy only the download itself can tell, so nothing is asked.
 *
 * @returns {Promise<string | null>}
 */
export function whyUnreachable(/** @type {string} */ host, env = process.env, port = 443) {
  if (['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY'].some((name) => env[name]))
    return Promise.resolve(null)
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: LIMIT })
    const end = (/** @type {string | null} */ why) => {
      socket.destroy()
      resolve(why)
    }
    socket.once('connect', () => end(null))
    socket.once('timeout', () => end(`${host} didn’t answer within ${LIMIT / 1000} s`))
    socket.once('error', () => end(`${host} couldn’t be reached`))
  })
}
