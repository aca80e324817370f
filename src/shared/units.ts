export type Seconds = number
export type Milliseconds = number
export type Bytes = number
export type Pixels = number
/** Frames per second. */
export type FrameRate = number
/** A point in wall-clock time, ISO 8601 in UTC. */
export type Timestamp = string
/** Done so far, from 0 to 1; null while nothing truthful can be said. */
export type Fraction = number

export const MiB = 1024 * 1024

/**
 * Moments closer than this are the same one. Two files round a moment differently: a time base of milliseconds is off by
 * up to half of one. Far below the shortest frame anybody shows.
 */
export const momentTolerance: Seconds = 0.001

/** What computing with fractions may be off by, in seconds, pixels or ratios alike. */
export const roundingTolerance = 1e-6

const trimZeros = (text: string) => text.replace(/\.?0+$/, '')

/** "12.5 MB", in decimal megabytes as file managers and providers count them. */
export function formatBytes(bytes: Bytes): string {
  if (bytes < 1000) return `${String(bytes)} bytes`
  if (bytes < 1_000_000) return `${trimZeros((bytes / 1000).toFixed(1))} kB`
  if (bytes < 1_000_000_000) return `${trimZeros((bytes / 1_000_000).toFixed(1))} MB`
  return `${trimZeros((bytes / 1_000_000_000).toFixed(2))} GB`
}

/** "8.25 s" below a minute, "1:05" above. */
export function formatSeconds(seconds: Seconds): string {
  if (seconds < 60) return `${trimZeros(seconds.toFixed(2))} s`
  const whole = Math.round(seconds)
  return `${String(Math.floor(whole / 60))}:${String(whole % 60).padStart(2, '0')}`
}

/** Ends a switch over a closed union: a new case becomes a compile error here. */
export function unreachable(value: never): never {
  throw new Error(`Unexpected case: ${JSON.stringify(value)}`)
}
