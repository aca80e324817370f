import { dateFormat } from '../../lib/language.ts'
import type { Account } from '../../../shared/domain/account.ts'
import { formatCost } from '../../../shared/domain/money.ts'
import type { PaidTask, PaidTasks } from '../../../shared/domain/paid-task.ts'
import { useCall } from '../../lib/use-call.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Cell, DataTable } from '../../ui/DataTable.tsx'
import { Modal } from '../../ui/Modal.tsx'
import { ModalActions } from '../../ui/ModalActions.tsx'
import { ProblemCallout } from '../../ui/ProblemCallout.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { text } from './text.ts'

const states = {
  running: { label: 'Running', tone: 'info' },
  succeeded: { label: 'Done', tone: 'good' },
  failed: { label: 'Failed', tone: 'bad' },
} as const

const unstated = 'not stated'
const moments = dateFormat({ dateStyle: 'medium', timeStyle: 'short' })
const made = (at: string | null) => (at === null ? unstated : moments.format(new Date(at)))

function Tasks({ tasks }: { readonly tasks: readonly PaidTask[] }) {
  return (
    <DataTable
      caption="Paid tasks without a file here"
      columns={[{ name: 'Created' }, { name: 'Task' }, { name: 'Charged' }, { name: 'State' }]}
    >
      {tasks.map(({ taskId, createdAt, state, cost }) => (
        <tr key={taskId}>
          <Cell short>{made(createdAt)}</Cell>
          <Cell soft>{taskId}</Cell>
          <Cell soft short>
            {cost === null ? unstated : formatCost(cost)}
          </Cell>
          <Cell>
            <Badge tone={states[state].tone}>{states[state].label}</Badge>
          </Cell>
        </tr>
      ))}
    </DataTable>
  )
}

const allHere = text.allTasksHere
const newestHere = text.newestTasksHere

function Found({ tasks, whole }: PaidTasks) {
  return (
    <div role="status" className="space-y-3 text-sm">
      {tasks.length > 0 ? <Tasks tasks={tasks} /> : <p>{whole ? allHere : newestHere}</p>}
      {!whole && <p className="text-xs text-soft">{text.olderTasksUnchecked}</p>}
    </div>
  )
}

/** What can be downloaded: everything that has not failed. A call takes 100 at most. */
const worthBringing = (found: PaidTasks | null) =>
  found?.tasks.filter(({ state }) => state !== 'failed').slice(0, 100) ?? []

const many = (count: number) => (count === 1 ? 'Download 1 result' : `Download ${String(count)} results`)

/** Shows the paid tasks of an account that have no file here, and brings their results home. */
export function FindTasks({ account, onClose }: { readonly account: Account; readonly onClose: () => void }) {
  const find = useCall('task:find', { account: account.id })
  const bringing = useCall('task:bring-home')
  const worth = worthBringing(find.answer)
  const bring = async () => {
    const tasks = worth.map(({ taskId }) => taskId)
    const brought = await bringing.run({ account: account.id, tasks })
    if (brought.ok) onClose()
  }
  return (
    <Modal
      width="wide"
      title={`Paid tasks of ${account.name}`}
      description={text.findTasks}
      onClose={onClose}
      footer={
        <ModalActions
          out="Close"
          onOut={onClose}
          action={worth.length > 0 ? many(worth.length) : null}
          disabled={bringing.pending}
          act={() => void bring()}
        />
      }
    >
      {find.pending && (
        <p role="status" className="flex items-center gap-2 text-sm text-soft">
          <Spinner className="size-4" /> {text.checkingFree}
        </p>
      )}
      {find.answer && <Found {...find.answer} />}
      <ProblemCallout problem={find.problem ?? bringing.problem} />
    </Modal>
  )
}
