import { Sparkles } from 'lucide-react'
import type { Estimate } from '../../../shared/domain/money.ts'
import { formatSeconds } from '../../../shared/units.ts'
import { keysOf } from '../../lib/shortcuts.ts'
import { readyWords } from '../../lib/report-words.ts'
import { useApp } from '../../state/store.ts'
import { useReport } from '../../state/use-report.ts'
import { Button } from '../../ui/Button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { Spinner } from '../../ui/Spinner.tsx'
import type { GenerateControl, Place } from './use-generate.ts'
import { text } from './text.ts'

/** "≈ $0.48", "free", "price unknown": short enough for the button. */
function priceOf({ amount }: Estimate): string {
  if (amount === null) return 'price unknown'
  return amount === 0 ? 'free' : `≈ $${amount.toFixed(2)}`
}

function rateOf({ amount, perSecond, seconds, asOf, source }: Estimate): string {
  if (perSecond === null) return `${text.noRate} (${source}, ${asOf})`
  const rate = amount === 0 ? '' : ` × ${String(perSecond)} USD`
  return `${formatSeconds(seconds)}${rate} (${source}, ${asOf})`
}

/** Sends the take, and says what that costs. */
export function GenerateButton({ control, className }: GenerateProps) {
  const { state, estimate, press } = control
  const sending = useApp((app) => app.sending)
  const cost = estimate && state.ready ? priceOf(estimate) : null
  return (
    <Button
      look="accent"
      size="large"
      icon={sending ? <Spinner /> : <Sparkles aria-hidden />}
      disabled={!state.ready}
      aria-label="Generate"
      aria-keyshortcuts={keysOf('generate', 'generate').join('+')}
      aria-describedby={state.ready ? 'generate-cost generate-reason' : 'generate-reason'}
      {...(estimate && { title: rateOf(estimate) })}
      className={classNames('h-10', className)}
      onClick={(event) => {
        // The second click of a double click is not a second wish.
        if (event.detail <= 1) press()
      }}
    >
      Generate
      {cost !== null && (
        <span id="generate-cost" className="tabular font-normal">
          {cost}
        </span>
      )}
    </Button>
  )
}

type GenerateProps = { readonly control: GenerateControl; readonly className?: string }

/** Leads to where something can be done about what the sentence says. */
function useGoTo(): (place: Place) => void {
  const goToFold = useApp((state) => state.goToFold)
  return (place) => {
    if (place === 'character' || place === 'clip')
      document.querySelector<HTMLElement>(`[data-choose="${place}"]`)?.focus()
    else goToFold(place)
  }
}

/** Whether the take can be sent, in one line that leads to what it names. */
export function ReadyLine({ control: { state }, className }: GenerateProps) {
  const { report } = useReport()
  const goTo = useGoTo()
  const hasWarning = report?.findings.some(({ level, fix }) => level === 'warning' && !fix) === true
  const place: Place | null = state.ready ? (hasWarning ? 'checks' : 'fixes') : state.place
  const words = state.ready ? (report ? readyWords(report) : '') : state.reason
  return (
    <p
      id="generate-reason"
      role="status"
      title={words}
      className={classNames('min-w-0 truncate text-sm', className)}
    >
      {place === null ? (
        <span className="text-soft">{words}</span>
      ) : (
        <button
          type="button"
          className="max-w-full truncate rounded-sm text-soft underline decoration-edge underline-offset-3 hover:text-ink"
          onClick={() => {
            goTo(place)
          }}
        >
          {words}
        </button>
      )}
    </p>
  )
}

/** The same files without a take: nothing is sent and nothing is paid. */
export function PrepareOnly() {
  const empty = useApp((app) => app.character === null && app.clip === null)
  const prepareOnly = useApp((app) => app.prepareOnly)
  const { current } = useReport()
  if (empty) return null
  return (
    <Button
      size="small"
      look="quiet"
      className="-mr-2"
      // What has to be chosen first is known only once the check has answered.
      disabled={!current}
      onClick={prepareOnly}
    >
      Prepare only…
    </Button>
  )
}
