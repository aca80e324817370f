import { Film, Image, SlidersHorizontal } from 'lucide-react'
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
export function FitPlan() {
  const { report } = useReport()
  if (!report || report.plan.length === 0 || report.verdict === 'refused') return null
  return (
    <section aria-label="How Understudy will make it fit">
      <p className="text-xs text-faint">Your own files are never changed.</p>
      <ol className="mt-1 divide-y divide-line">
        {report.plan.map((step) => {
          const Icon = icons[step.target]
          return (
            <li key={`${step.target} ${step.step}`} className="flex gap-2.5 py-2 text-xs">
              <Icon aria-label={targetWords[step.target]} className="mt-px size-3.5 shrink-0 text-faint" />
              <div className="min-w-0 flex-1">
                <p className="font-medium text-ink">{stepWords(step)}</p>
                <p className="mt-0.5 text-soft">{step.why}</p>
                <p className="mt-0.5 text-faint">
                  <span className="sr-only">Effect on quality: </span>
                  {step.cost === 'none' ? 'No quality loss' : step.cost}
                </p>
              </div>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
