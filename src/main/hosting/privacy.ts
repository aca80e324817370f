import type { HostId } from '../../shared/domain/delivery.ts'

const sentences: Readonly<Record<Exclude<HostId, 'provider'>, string>> = {
  given:
    'Whoever knows your address can fetch the file, for as long as you leave it there; the app never removes it.',
  s3: 'The file is in your own bucket; only someone with its signed link can fetch it, for at most 24 hours, and it is deleted when the take ends.',
  tunnel:
    'While the take needs it, the file is served from this computer through Cloudflare to whoever knows its random address; nothing is stored elsewhere.',
  loopback: 'The file never leaves this computer.',
}

/** One sentence for the user: who will see the file, and for how long. `ofProvider` is the provider's own sentence. */
export function privacyOf(id: HostId, ofProvider?: string): string {
  if (id !== 'provider') return sentences[id]
  return ofProvider ?? 'The provider keeps the file in its own storage, under its own terms.'
}
