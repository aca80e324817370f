import { Sparkles } from 'lucide-react'
import { formatEstimate, type Estimate } from '../../../shared/domain/money.ts'
import { makesFit } from '../../../shared/rules/plan.ts'
import { formatSeconds } from '../../../shared/units.ts'
import { useShortcuts } from '../../lib/use-shortcuts.ts'
import { useApp } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { CostQuestion } from './CostQuestion.tsx'
import { useGenerate } from './use-generate.ts'
import { useReport } from '../../state/use-report.ts'
import { text } from './text.ts'

function Cost({ estimate }: { readonly estimate: Estimate }) {
  const { amount, perSecond, seconds, asOf, source } = estimate
  const rate = perSecond === null ? text.noRate : `${String(perSecond)} USD per second`
  return (
    <p className="tabular text-right text-xs text-faint" title={`${rate} (${source}, ${asOf})`}>
      <span className="block text-base font-semibold text-ink first-letter:uppercase">
        {formatEstimate(estimate)}
      </span>
      {formatSeconds(seconds)}
      {amount !== 0 && perSecond !== null && ` × ${String(perSecond)} USD`}
    </p>
  )
}

function useSummary(): string {
  const { report } = useReport()
  const fixes = report !== null && (report.verdict === 'fixable' || makesFit(report.plan))
  const warnings = report?.findings.filter(({ level, fix }) => level === 'warning' && !fix).length ?? 0
  const seen = warnings === 0 ? '' : warnings === 1 ? ' 1 note.' : ` ${String(warnings)} notes.`
  return `${fixes ? text.readyWithFixes : text.ready}${seen}`
}

/** The same files without a take: nothing is sent and nothing is paid. */
function PrepareOnly() {
  const empty = useApp((app) => app.character === null && app.clip === null)
  const prepareOnly = useApp((app) => app.prepareOnly)
  const { current } = useReport()
  if (empty) return null
  return (
    <Button
      size="large"
      // What has to be chosen first is known only once the check has answered.
      disabled={!current}
      onClick={prepareOnly}
    >
      Prepare without generating…
    </Button>
  )
}

/** What the take costs, whether it can be sent, and the button that sends it. */
export function ActionBar() {
  const { state, estimate, asking, press, confirm, decline } = useGenerate()
  const sending = useApp((app) => app.sending)
  const summary = useSummary()
  useShortcuts('generate', { generate: press })

  return (
    <div className="flex shrink-0 items-center gap-5 border-t border-line bg-panel px-5 py-3">
      <p id="generate-reason" role="status" className="min-w-0 flex-1 text-sm text-soft">
        {state.ready ? summary : state.reason}
      </p>
      {estimate && <Cost estimate={estimate} />}
      <PrepareOnly />
      <Button
        look="primary"
        size="large"
        icon={sending ? <Spinner /> : <Sparkles />}
        disabled={!state.ready}
        aria-describedby="generate-reason"
        onClick={(event) => {
          // The second click of a double click is not a second wish.
          if (event.detail <= 1) press()
        }}
      >
        Generate
      </Button>
      {asking && <CostQuestion asking={asking} onYes={confirm} onNo={decline} />}
    </div>
  )
}
