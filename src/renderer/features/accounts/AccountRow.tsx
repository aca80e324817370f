import { useState } from 'react'
import { dateFormat } from '../../lib/language.ts'
import type { Pack, AccountView } from '../../../shared/domain/account.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Cell, DataTable } from '../../ui/DataTable.tsx'
import { ProblemCallout } from '../../ui/ProblemCallout.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { verdictWords, addressWords, keyWords, variablesOf } from './account-words.ts'
import type { ProviderView } from '../../../shared/domain/views.ts'
import { useApp } from '../../state/store.ts'
import { useCall, type Call } from '../../lib/use-call.ts'
import { Button } from '../../ui/Button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { Confirm } from '../../ui/Confirm.tsx'
import { Tooltip } from '../../ui/Tooltip.tsx'
import { FindTasks } from './FindTasks.tsx'
import { text } from './text.ts'

const unitsOf = ({ remaining, total }: Pack) =>
  `${remaining === null ? 'unknown' : String(remaining)} of ${total === null ? 'unknown' : String(total)}`

const day = dateFormat({ dateStyle: 'medium' })
const dayOf = (when: string | null) => (when === null ? 'not stated' : day.format(new Date(when)))

function Packs({ packs }: { readonly packs: readonly Pack[] }) {
  return (
    <DataTable
      caption="Packs in this account"
      columns={[{ name: 'Pack' }, { name: 'Left', numeric: true }, { name: 'Expires' }, { name: 'Status' }]}
    >
      {packs.map((pack, index) => (
        <tr key={`${pack.name} ${String(index)}`}>
          <Cell>{pack.name}</Cell>
          <Cell numeric>{unitsOf(pack)}</Cell>
          <Cell soft>{dayOf(pack.expires)}</Cell>
          <Cell soft>{pack.status}</Cell>
        </tr>
      ))}
    </DataTable>
  )
}

/** The answer to the free check. */
export function AccountTest({ pending, answer, problem }: Call<'account:test'>) {
  if (pending)
    return (
      <p role="status" className="flex items-center gap-2 text-xs text-soft">
        <Spinner className="size-3.5" /> {text.checkingFree}
      </p>
    )
  if (problem || !answer) return <ProblemCallout problem={problem} />
  const { verdict, message, packs } = answer
  return (
    <div role="status" className="space-y-2 rounded-lg bg-sunken px-3 py-2.5">
      <div className="flex flex-wrap items-center gap-2 text-sm">
        <Badge tone={verdictWords[verdict].tone}>{verdictWords[verdict].label}</Badge>
        <span className="min-w-0 flex-1 wrap-anywhere" data-selectable>
          {message}
        </span>
        <span className="text-xs text-faint">Free check</span>
      </div>
      {packs.length > 0 && <Packs packs={packs} />}
    </div>
  )
}

type AccountRowProps = {
  readonly view: AccountView
  readonly provider: ProviderView
  readonly onEdit: () => void
}

const keyLooks = { plain: 'text-soft', warn: 'text-warn', bad: 'text-bad' } as const

function Facts({ view, provider }: Pick<AccountRowProps, 'view' | 'provider'>) {
  const { account, openTakes, fromEnvironment } = view
  const key = keyWords(view)
  return (
    <div className="min-w-0 flex-1" data-selectable>
      <p className="truncate text-sm font-medium">{account.name}</p>
      <p className="text-xs wrap-anywhere text-faint">
        {addressWords(account, provider.addresses)} · <span className="tabular">{account.parallel}</span>{' '}
        {account.parallel === 1 ? 'take' : 'takes'} at once
        {openTakes > 0 && ` · ${String(openTakes)} not finished yet`}
      </p>
      <p className={classNames('text-xs wrap-anywhere', keyLooks[key.tone])}>{key.text}</p>
      {fromEnvironment && (
        <p className="text-xs text-faint">You can’t remove it here. Unset {variablesOf(view)} instead.</p>
      )}
    </div>
  )
}

function useRemoval(view: AccountView) {
  const readAccounts = useApp((state) => state.readAccounts)
  const [asking, setAsking] = useState(false)
  const { run, problem, forget } = useCall('account:remove')
  const remove = async () => {
    setAsking(false)
    const removed = await run({ account: view.account.id })
    if (removed.ok) await readAccounts()
  }
  const ask = () => {
    forget()
    setAsking(true)
  }
  const keep = () => {
    setAsking(false)
  }
  return { asking, problem, ask, keep, remove }
}

/** One account: what it is, and what can be done with it. */
export function AccountRow({ view, provider, onEdit }: AccountRowProps) {
  const { id, name } = view.account
  const removal = useRemoval(view)
  const test = useCall('account:test')
  const [finding, setFinding] = useState(false)
  return (
    <li aria-label={name} className="space-y-2 py-2.5">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
        <Facts view={view} provider={provider} />
        <div className="flex gap-1.5">
          <Button size="small" onClick={onEdit}>
            Edit
          </Button>
          <Tooltip text="Free">
            <Button size="small" disabled={test.pending} onClick={() => void test.run({ account: id })}>
              Test
            </Button>
          </Tooltip>
          {provider.models.some(({ listTasks }) => listTasks) && (
            <Button
              size="small"
              onClick={() => {
                setFinding(true)
              }}
            >
              Find my paid tasks…
            </Button>
          )}
          {!view.fromEnvironment && (
            <Button size="small" look="quiet" onClick={removal.ask}>
              Remove…
            </Button>
          )}
        </div>
      </div>
      <AccountTest {...test} />
      {finding && (
        <FindTasks
          account={view.account}
          onClose={() => {
            setFinding(false)
          }}
        />
      )}
      <ProblemCallout problem={removal.problem} />
      {removal.asking && (
        <Confirm
          title={`Remove ${name}?`}
          confirm="Remove"
          cancel="Keep it"
          danger
          onCancel={removal.keep}
          onConfirm={() => void removal.remove()}
        >
          <p>{text.removeAccount}</p>
        </Confirm>
      )}
    </li>
  )
}
