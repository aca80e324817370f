import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { fail, ok, type Outcome } from '../../shared/outcome.ts'

export type WebArguments = {
  /** 0 for one that is free. */
  readonly port: number
  readonly open: boolean
  /** Where the library is; null for the usual place. */
  readonly home: string | null
}

const advice = 'It takes --port NUMBER, --no-open and --home FOLDER.'

/** Below 1024 only the system may listen, and browsers leave port 80 out of the Host header that is checked. */
const portNumber = (text: string): number | null =>
  /^\d{1,5}$/.test(text) && (Number(text) === 0 || (Number(text) >= 1024 && Number(text) <= 65_535))
    ? Number(text)
    : null

/** `folder` is the user's current folder: relative paths start there. */
export function readArguments(args: readonly string[], folder: string): Outcome<WebArguments> {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: '0' },
        'no-open': { type: 'boolean', default: false },
        home: { type: 'string' },
      },
    })
    const port = portNumber(values.port)
    if (port === null) return fail('usage', `“${values.port}” is not a port from 1024 to 65535.`, { advice })
    const home = values.home === undefined ? null : resolve(folder, values.home)
    return ok({ port, open: !values['no-open'], home })
  } catch (error) {
    return fail('usage', error instanceof Error ? error.message : String(error), { advice })
  }
}
