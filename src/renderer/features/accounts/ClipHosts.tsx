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
        Providers download clips from a web address. A clip host gives your prepared file such an address.
      </p>
      <Host name="Your S3 bucket">
        <p>
          The file is in your own bucket. Only someone with its signed link can download it, for at most 24
          hours. Understudy deletes it when the take ends.
        </p>
        <BucketForm />
        <p className="text-faint">
          Set two rules on the bucket in case this computer shuts down before it can clean up: abort
          incomplete uploads after 1 day, and delete files under the prefix after 7 days.
        </p>
      </Host>
      <Host name="A Cloudflare tunnel to this computer">
        <p>
          Needs cloudflared on this computer, but no account. Understudy serves the file from here through
          Cloudflare, only while the take needs it. Anyone with its random link can download it.
        </p>
      </Host>
      <Host name="Your own link">
        <p>
          If the prepared clip is already online, enter its link with the take. Anyone with the link can
          download the file. Understudy never removes it.
        </p>
      </Host>
    </>
  )
}
