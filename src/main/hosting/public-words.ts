import { fail, type Failure } from '../../shared/outcome.ts'
import { formatBytes, type Bytes } from '../../shared/units.ts'

/** An address and the file that should be there. */
type Subject = { readonly url: string; readonly contentType: string; readonly bytes: Bytes }
type About = {
  readonly host: string
  readonly file: 'clip' | 'character'
  readonly contentType: string
  readonly bytes: Bytes
  /** As long as the file there is, where that is known. */
  readonly found: Bytes
}

const putItThere = 'Put the prepared file there, or choose another clip host.'

const words = {
  silent: ({ file, host }: About) => [
    `The ${file} could not be fetched from ${host} just now.`,
    'It is tried again; check the internet connection if that does not help.',
  ],
  forbidden: ({ file, host }: About) => [
    `The address of the ${file} at ${host} leads to a place a provider cannot fetch from.`,
    'Use an https address that anyone on the internet can open without signing in.',
  ],
  private: ({ file, host }: About) => [
    `${host} does not hand the ${file} to strangers.`,
    'Make the address readable for everyone, or choose another clip host.',
  ],
  absent: ({ file, host }: About) => [`There is no ${file} at the address at ${host}.`, putItThere],
  page: ({ file, host }: About) => [
    `${host} answers with a web page in place of the ${file}.`,
    'Use the direct address of the file, one that needs no signing in.',
  ],
  type: ({ file, host, contentType }: About) => [
    `${host} serves the ${file} as another kind of file.`,
    `Have it served as ${contentType}, or choose another clip host.`,
  ],
  endless: ({ file, host }: About) => [`${host} does not say how long the ${file} is.`, putItThere],
  length: ({ file, host, bytes, found }: About) => [
    `The file at ${host} has ${formatBytes(found)}, but the prepared ${file} has ${formatBytes(bytes)}.`,
    putItThere,
  ],
  bytes: ({ file, host }: About) => [`The file at ${host} is not the prepared ${file}.`, putItThere],
  status: ({ host }: About) => [`${host} answers in a way that no provider would understand.`, putItThere],
} satisfies Record<string, (about: About) => readonly [string, string]>

export const unpaid = 'Nothing was sent to the provider and nothing was paid.'

export const kindOf = (contentType: string): string => contentType.split('/', 1)[0] ?? ''

/** A failed check, in words that name the file and the host but never the address, which may carry a signature. */
export function complain(
  what: keyof typeof words,
  { url, contentType, bytes }: Subject,
  more: { readonly detail?: string; readonly found?: Bytes } = {},
): Failure {
  const file = kindOf(contentType) === 'image' ? 'character' : 'clip'
  const host = URL.parse(url)?.host ?? 'this address'
  const [message, advice] = words[what]({ host, file, contentType, bytes, found: more.found ?? 0 })
  return fail(what === 'silent' ? 'provider-silent' : 'clip-unreachable', `${message} ${unpaid}`, {
    advice,
    ...(more.detail !== undefined && { detail: more.detail }),
  })
}
