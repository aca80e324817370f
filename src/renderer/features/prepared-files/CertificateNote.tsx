import { BadgeCheck, ChevronDown } from 'lucide-react'
import type { Certificate } from '../../../shared/domain/certificate.ts'
import { FindingTable } from '../../ui/FindingTable.tsx'
import { isHint } from '../../lib/hints.ts'

/** What the written files were held against, measured after they were written. */
export function CertificateNote({ certificate }: { readonly certificate: Certificate }) {
  const rules = certificate.findings.filter((finding) => !isHint(finding))
  const warned = rules.filter(({ level }) => level === 'warning').length
  return (
    <section aria-label="Certificate" className="rounded-xl bg-good-wash px-4 py-3 text-sm">
      <p className="flex items-center gap-2 font-medium text-ink">
        <BadgeCheck aria-hidden className="size-4 text-good" />
        Every rule holds: the files were measured again after they were written.
      </p>
      {warned > 0 && (
        <p className="mt-1 text-xs text-soft">
          {warned === 1 ? 'One wish' : `${String(warned)} wishes`} of the provider’s siblings may not be met.
        </p>
      )}
      <details className="group mt-1 text-xs text-soft">
        <summary className="flex w-fit items-center gap-1.5 rounded py-0.5 hover:text-ink">
          {String(rules.length)} rules, measured beside limit
          <ChevronDown aria-hidden className="size-3.5 transition-transform group-open:rotate-180" />
        </summary>
        <FindingTable findings={rules} />
        <dl
          className="mt-2 grid grid-cols-[auto_1fr] gap-x-3 font-mono text-[0.72rem] break-all"
          data-selectable
        >
          {certificate.character && (
            <>
              <dt>Character</dt>
              <dd>SHA-256 {certificate.character.sha256}</dd>
            </>
          )}
          {certificate.clip && (
            <>
              <dt>Clip</dt>
              <dd>SHA-256 {certificate.clip.sha256}</dd>
            </>
          )}
        </dl>
      </details>
    </section>
  )
}
