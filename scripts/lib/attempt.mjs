/**
 * @typedef {{ ok: true } | { ok: false, reason: string, on: string, waiting: boolean }} Attempt
 * @typedef {{ version: string, reason: string, at: number }} FailedStamp
 */

const DAY = 24 * 60 * 60 * 1000

/** @param {unknown} stamp @returns {stamp is FailedStamp} */
function isFailedStamp(stamp) {
  return (
    typeof stamp === 'object' && stamp !== null && 'version' in stamp && 'reason' in stamp && 'at' in stamp
  )
}

/** A failure is remembered for a day, for the version it happened with, so that the next start loses no time on it. */
export function mayTry(
  /** @type {unknown} */ stamp,
  /** @type {{ now: number, version: string, retry: boolean }} */ { now, version, retry },
) {
  if (retry || !isFailedStamp(stamp) || stamp.version !== version) return true
  return now - stamp.at >= DAY || now < stamp.at
}

/** `2026-01-31`, in the user's own time zone. By hand, since loading locales costs every command a moment. */
function day(/** @type {number} */ at) {
  const date = new Date(at)
  const two = (/** @type {number} */ part) => String(part).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/**
 * Fetches something that may well be out of reach: not when it is there, not again within a day of a failure, and
 * never for longer than its limit.
 *
 * @param {object} thing
 * @param {string} thing.name                     of the note that remembers a failure
 * @param {string} thing.version
 * @param {() => boolean} thing.isThere
 * @param {() => Promise<string | null>} thing.fetch   answers null, or why it failed
 * @param {object} effects
 * @param {import('./stamps.mjs').Stamps} effects.stamps
 * @param {() => number} effects.now
 * @param {boolean} effects.retry
 * @returns {Promise<Attempt>}
 */
export async function attempt({ name, version, isThere, fetch }, { stamps, now, retry }) {
  if (isThere()) return { ok: true }
  const stamp = stamps.read(name)
  if (!mayTry(stamp, { now: now(), version, retry }) && isFailedStamp(stamp)) {
    return { ok: false, reason: stamp.reason, on: day(stamp.at), waiting: true }
  }
  const reason = (await fetch()) ?? (isThere() ? null : 'its installer ended without installing it')
  if (reason === null) return { ok: true }
  const at = now()
  stamps.write(name, { version, reason, at })
  return { ok: false, reason, on: day(at), waiting: false }
}
