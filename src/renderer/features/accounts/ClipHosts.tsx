import type { ReactNode } from 'react'
import { BucketForm } from './Bucket.tsx'
import { text } from './text.ts'

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
      <p className="mb-4 text-sm text-soft">{text.clipHosts}</p>
      <Host name="Your S3 bucket">
        <p>{text.ownBucket}</p>
        <BucketForm />
        <p className="text-faint">{text.bucketRules}</p>
      </Host>
      <Host name="A Cloudflare tunnel to this computer">
        <p>{text.tunnel}</p>
      </Host>
      <Host name="Your own link">
        <p>{text.ownLink}</p>
      </Host>
    </>
  )
}
