import { Film, Image, SlidersHorizontal } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Target } from '../../../shared/rules/finding.ts'
import { stepWords } from '../../lib/finding-words.ts'
import { useReport } from '../../state/use-report.ts'

const icons = { character: Image, clip: Film, settings: SlidersHorizontal } as const
const targetWords: Readonly<Record<Target, string>> = {
  character: 'Character',
  clip: 'Clip',
  settings: 'Settings',
}

/** What happens to the files before they are sent, and what each step costs in quality. */
export function FitPlan({ action }: { readonly action: ReactNode }) {
  const { report } = useReport()
  if (!report || report.plan.length === 0 || report.verdict === 'refused') return null
  return (
    <section aria-label="How Understudy will make it fit" className="rounded-2xl bg-panel px-4 py-3.5">
      <div className="flex items-start justify-between gap-3">
        <div>
          <h2 className="text-sm font-medium">How Understudy will make it fit</h2>
          <p className="text-xs text-faint">Your own files are never changed.</p>
        </div>
        {action}
      </div>
      <ol className="mt-2.5 divide-y divide-line">
        {report.plan.map((step) => {
          const Icon = icons[step.target]
          return (
            <li key={`${step.target} ${step.step}`} className="flex gap-3 py-2 text-xs">
              <Icon aria-label={targetWords[step.target]} className="mt-px size-3.5 shrink-0 text-faint" />
              <div className="min-w-0 flex-1">
                <p className="font-medium text-ink">{stepWords(step)}</p>
                <p className="mt-0.5 text-soft">{step.why}</p>
              </div>
              <p className="w-28 shrink-0 text-right text-faint">
                <span className="sr-only">Effect on quality: </span>
                {step.cost === 'none' ? 'no quality loss' : step.cost}
              </p>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
