/** One plain line for the person at the terminal. Standard output belongs to the program that is started. */
export function say(/** @type {string} */ line) {
  process.stderr.write(`${line}\n`)
}

/** A sentence that ends a script; anything else thrown is a bug and keeps its stack. */
export class Stop extends Error {}

/** Runs the body of a script: a {@link Stop} becomes one line and exit code 1. */
export async function main(/** @type {() => Promise<number | undefined>} */ body) {
  try {
    const code = await body()
    if (code !== undefined) process.exitCode = code
  } catch (error) {
    if (!(error instanceof Stop)) throw error
    say(error.message)
    process.exitCode = 1
  }
}
