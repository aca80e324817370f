import { Clapperboard } from 'lucide-react'
import { useState } from 'react'
import type { Target } from '../../../shared/rules/finding.ts'
import { formatEstimate, type Estimate } from '../../../shared/domain/money.ts'
import { formatSeconds } from '../../../shared/units.ts'
import { chosenAccount } from '../../state/accounts.ts'
import { enlargedIn } from '../../lib/report-words.ts'
import { pairKey } from '../../state/check.ts'
import { useApp } from '../../state/store.ts'
import { useReport } from '../../state/use-report.ts'
import { Callout } from '../../ui/Callout.tsx'
import { Confirm } from '../../ui/Confirm.tsx'
import { PassLimit } from '../../ui/PassLimit.tsx'
import { deliveryToSend, usableHost, deliveryView } from '../../state/delivery.ts'
import { chosenModel, chosenProvider } from '../../state/inputs.ts'
import type { Asking } from './use-generate.ts'
import { text } from './text.ts'

/** The rate with where it is from, or that there is none. */
function rateWords({ perSecond, seconds, source, asOf }: Estimate): string {
  if (perSecond === null) return `no rate is known (${source}, ${asOf})`
  return `${formatSeconds(seconds)} × ${String(perSecond)} USD (${source}, ${asOf})`
}

function title({ amount, ...rest }: Estimate): string {
  if (amount === null) return 'The cost is unknown'
  return amount === 0 ? text.freeQuestion : text.costQuestion(formatEstimate({ amount, ...rest }))
}

function what({ estimate }: Asking): string {
  if (estimate.amount === null) return 'generate without knowing the cost'
  return `generate for ${estimate.amount === 0 ? '0 USD' : formatEstimate(estimate)}`
}

function useFilesWords(): string {
  const host = useApp((state) => usableHost(deliveryView(state))?.name)
  const clipUrl = useApp((state) => deliveryToSend(deliveryView(state)).clipUrl)
  return clipUrl === null ? (host ?? '') : `${host ?? ''}: ${clipUrl}`
}

export type CostQuestionProps = {
  readonly asking: Asking
  readonly onYes: () => void
  readonly onNo: () => void
}

const targetWords: Readonly<Record<Target, string>> = {
  character: 'Character',
  clip: 'Clip',
  settings: 'Settings',
}

/** What is paid, to whom and for what, before anything is sent; past a limit of the user's own it asks twice. */
export function CostQuestion({ asking, onYes, onNo }: CostQuestionProps) {
  const provider = useApp((state) => chosenProvider(state)?.name ?? '')
  const account = useApp((state) => chosenAccount(state)?.account.name ?? '')
  const model = useApp((state) => chosenModel(state)?.name ?? '')
  const files = useFilesWords()
  const seen = useApp((state) => state.seenByEye === pairKey(state))
  const { report } = useReport()
  const [passing, setPassing] = useState(false)
  const { estimate, guards } = asking
  if (passing) return <PassLimit guards={guards} what={what(asking)} onYes={onYes} onNo={onNo} />
  const rows = [
    ['Provider', `${provider}, ${model}`],
    ['Account', account],
    ['Files sent via', files],
    ['Cost', `${formatEstimate(estimate)}: ${rateWords(estimate)}`],
    ...enlargedIn(report).map(({ target, cost }) => [targetWords[target], `${cost}.`]),
    ...(seen ? [] : [['Same framing?', text.framingUnseen]]),
  ]
  return (
    <Confirm
      title={title(estimate)}
      confirm={`G${what(asking).slice(1)}`}
      onCancel={onNo}
      onConfirm={
        guards.length === 0
          ? onYes
          : () => {
              setPassing(true)
            }
      }
    >
      <dl className="tabular grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5">
        {rows.map(([label, value]) => (
          <div key={label} className="contents">
            <dt className="text-faint">{label}</dt>
            <dd className="wrap-anywhere text-ink first-letter:uppercase">{value}</dd>
          </div>
        ))}
      </dl>
      {estimate.amount === null && <p>{text.actualCharge}</p>}
      {guards.length > 0 && (
        <Callout tone="warn" title={text.exceedsLimit}>
          {guards.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </Callout>
      )}
      {estimate.amount !== 0 && (
        <p className="flex items-center gap-2">
          <Clapperboard aria-hidden className="size-4 shrink-0" />
          {text.neverRefunds}
        </p>
      )}
    </Confirm>
  )
}
