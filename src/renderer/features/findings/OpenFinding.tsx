import { CircleAlert, TriangleAlert, type LucideIcon } from 'lucide-react'
import type { Finding } from '../../../shared/rules/finding.ts'
import { classNames } from '../../ui/class-names.ts'
import { adviceWords } from '../../lib/finding-words.ts'
import { ShortChoice } from './ShortChoice.tsx'

type Look = { readonly icon: LucideIcon; readonly box: string; readonly mark: string; readonly kind: string }

const looks = {
  error: { icon: CircleAlert, box: 'bg-bad-wash', mark: 'text-bad', kind: 'Has to be solved' },
  warning: { icon: TriangleAlert, box: 'bg-warn-wash', mark: 'text-warn', kind: 'Worth knowing' },
} as const satisfies Record<string, Look>

/** What the user has to solve or should know: in a whole sentence, with what to do. */
export function OpenFinding({ finding }: { readonly finding: Finding }) {
  const { icon: Icon, box, mark, kind } = looks[finding.level === 'error' ? 'error' : 'warning']
  return (
    <li className={classNames('flex gap-2.5 rounded-lg px-3 py-2.5 text-sm', box)}>
      <Icon aria-label={kind} className={classNames('mt-0.5 size-4 shrink-0', mark)} />
      <div className="min-w-0 flex-1" data-selectable>
        <p className="font-medium text-ink">{finding.message}</p>
        <p className="mt-0.5 text-xs text-soft">{adviceWords[finding.rule]}</p>
        <ShortChoice finding={finding} />
      </div>
    </li>
  )
}
