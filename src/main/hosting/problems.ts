import { fail, type Failure } from '../../shared/outcome.ts'
import { errorCode } from '../files/error-code.ts'
import { type Bytes, formatBytes } from '../../shared/units.ts'
import type { ToolExit } from '../system/ports.ts'

export function tunnelNotOpened(exit: ToolExit | null) {
  if (exit?.ended === 'missing') return noCloudflared()
  const why = exit === null ? 'It gave no address within 30 s.' : exit.stderr.slice(-1000)
  return fail('provider-silent', 'cloudflared couldn’t open a tunnel to this computer.', {
    advice:
      'Check your internet connection and try again. cloudflared can’t use a proxy. If your network needs one, choose another clip host.',
    detail: why,
  })
}

export const noCloudflared = () =>
  fail('tool-missing', 'cloudflared isn’t installed on this computer, so Understudy can’t open a tunnel.', {
    advice:
      'Install cloudflared from Cloudflare (on macOS: brew install cloudflared, on Windows: winget install Cloudflare.cloudflared), or choose another clip host.',
  })

/** An address and the file that should be there. */
type LinkedFile = { readonly url: string; readonly contentType: string; readonly bytes: Bytes }

type About = {
  readonly host: string
  readonly file: 'clip' | 'character'
  readonly contentType: string
  readonly bytes: Bytes
  /** As long as the file there is, where that is known. */
  readonly found: Bytes
}

const putItThere = 'Put the prepared file there, or choose another clip host.'

const linkProblems = {
  silent: ({ file, host }: About) => [
    `The ${file} couldn’t be downloaded from ${host} just now.`,
    'Understudy tries again. If that doesn’t help, check your internet connection.',
  ],
  forbidden: ({ file, host }: About) => [
    `A provider can’t download from the link to the ${file} at ${host}.`,
    'Use an https link that anyone on the internet can open without signing in.',
  ],
  private: ({ file, host }: About) => [
    `${host} doesn’t let everyone download the ${file}.`,
    'Make the link public, or choose another clip host.',
  ],
  absent: ({ file, host }: About) => [`The link at ${host} has no ${file}.`, putItThere],
  page: ({ file, host }: About) => [
    `${host} sends a web page instead of the ${file}.`,
    'Use a direct link to the file that works without signing in.',
  ],
  type: ({ file, host, contentType }: About) => [
    `${host} serves the ${file} as a different file type.`,
    `Serve it as ${contentType}, or choose another clip host.`,
  ],
  endless: ({ file, host }: About) => [`${host} doesn’t say how large the ${file} is.`, putItThere],
  length: ({ file, host, bytes, found }: About) => [
    `The file at ${host} is ${formatBytes(found)}, but the prepared ${file} is ${formatBytes(bytes)}.`,
    putItThere,
  ],
  bytes: ({ file, host }: About) => [`The file at ${host} isn’t the prepared ${file}.`, putItThere],
  status: ({ host }: About) => [`${host} sends an answer that providers can’t use.`, putItThere],
} satisfies Record<string, (about: About) => readonly [string, string]>

const nothingCharged = 'Nothing was sent to the provider or charged.'

/** A failed check, in words that name the file and the host but never the address, which may carry a signature. */
export function linkProblem(
  what: keyof typeof linkProblems,
  { url, contentType, bytes }: LinkedFile,
  more: { readonly detail?: string; readonly found?: Bytes } = {},
): Failure {
  const file = contentType.startsWith('image/') ? 'character' : 'clip'
  const host = URL.parse(url)?.host ?? 'this address'
  const [message, advice] = linkProblems[what]({ host, file, contentType, bytes, found: more.found ?? 0 })
  return fail(what === 'silent' ? 'provider-silent' : 'clip-unreachable', `${message} ${nothingCharged}`, {
    advice,
    ...(more.detail !== undefined && { detail: more.detail }),
  })
}

export const fileUnreadable = (error: unknown): Failure =>
  fail('file-unreadable', `The prepared file couldn’t be read. ${nothingCharged}`, {
    advice: 'Prepare the take again.',
    detail: errorCode(error) || String(error),
  })

export const checkingLink = 'Checking the link'

export const notServed = (error: unknown): Failure =>
  fail('internal', 'This computer couldn’t serve the file.', {
    advice: 'Check that no security software blocks local connections.',
    detail: error instanceof Error ? error.message : String(error),
  })

export const tooLargeForProvider = (has: string, most: string): Failure =>
  fail('file-too-large', `The file is ${has}, but the provider stores at most ${most}.`, {
    advice: 'Choose another clip host, or a shorter part of the clip.',
  })

export const openingTunnel = 'Opening the tunnel'
