import type { ReactNode } from 'react'
import { BucketForm } from './Bucket.tsx'

function Host({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <section aria-label={name} className="border-b border-line py-4 first:pt-0 last:border-b-0">
      <h3 className="text-sm font-semibold">{name}</h3>
      <div className="mt-1 space-y-3 text-xs text-soft">{children}</div>
    </section>
  )
}

/** Ways for a provider to fetch what was prepared here. */
export function ClipHosts() {
  return (
    <>
      <p className="mb-4 text-sm text-soft">
        Providers fetch clips from an address. A clip host gives a prepared file such an address.
      </p>
      <Host name="Your S3 bucket">
        <p>
          The file is in your own bucket; only someone with its signed link can fetch it, for at most 24
          hours, and it is deleted when the take ends.
        </p>
        <BucketForm />
        <p className="text-faint">
          Two rules are worth setting at the bucket, for the case that this computer goes off before it could
          tidy up: abort incomplete uploads after 1 day, and expire what is under the prefix after 7 days.
        </p>
      </Host>
      <Host name="A tunnel to this computer">
        <p>
          Needs cloudflared on this computer and no account: the file is served from here through Cloudflare,
          only while the take needs it, to whoever knows its random address.
        </p>
      </Host>
      <Host name="An address of your own">
        <p>
          If the prepared clip is on the web already, give its address with the take. Anyone who knows it can
          fetch the file, and Understudy never removes it.
        </p>
      </Host>
    </>
  )
}
