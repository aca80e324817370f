import { Columns2, Copy, Download, FolderOpen, Info, RotateCcw, SlidersHorizontal, Stamp } from 'lucide-react'
import type { Take } from '../../../../shared/domain/take.ts'
import { useApp } from '../../../state/store.ts'
import type { MenuItem } from '../../../ui/Menu.tsx'
import { offersFor } from '../take-actions.ts'
import { useTakeProvider } from '../use-take-provider.ts'
import { text } from '../text.ts'

/** What can be done with a take, wherever its poster is. */
export function useTakeMenu(take: Take): readonly MenuItem[] {
  const { id, taskId } = take
  const { model } = useTakeProvider(take)
  const resultProblem = useApp((state) => state.resultProblems[id])
  const markedProblem = useApp((state) => state.markedProblems[id])
  const selected = useApp((state) => (state.selection.ids.includes(id) ? state.selection.ids : null))
  const compareTakes = useApp((state) => state.compareTakes)
  const saveResult = useApp((state) => state.saveResult)
  const revealResult = useApp((state) => state.revealResult)
  const showDetails = useApp((state) => state.showDetails)
  const reuseSettings = useApp((state) => state.reuseSettings)
  const makeAgain = useApp((state) => state.makeAgain)
  const tell = useApp((state) => state.tell)
  const offers = offersFor(take, model, resultProblem, markedProblem)
  const compared = selected !== null && selected.length > 1 ? selected : [id]
  const compare: MenuItem = {
    label: compared.length > 1 ? `Compare ${String(compared.length)} takes` : 'Compare',
    icon: <Columns2 aria-hidden />,
    disabled: !offers.includes('compare'),
    onSelect: () => {
      compareTakes(compared)
    },
  }
  const save: MenuItem = {
    label: 'Save as…',
    icon: <Download aria-hidden />,
    disabled: !offers.includes('save'),
    onSelect: () => void saveResult(id),
  }
  const saveMarked: MenuItem = {
    label: 'Save watermarked version…',
    icon: <Stamp aria-hidden />,
    onSelect: () => void saveResult(id, 'marked'),
  }
  return [
    compare,
    save,
    ...(offers.includes('save-marked') ? [saveMarked] : []),
    {
      label: 'Show in folder',
      icon: <FolderOpen aria-hidden />,
      disabled: !offers.includes('reveal'),
      onSelect: () => void revealResult(id),
    },
    {
      label: 'Use these settings',
      icon: <SlidersHorizontal aria-hidden />,
      begins: true,
      onSelect: () => {
        reuseSettings(id)
      },
    },
    {
      label: 'Again with other settings',
      icon: <RotateCcw aria-hidden />,
      onSelect: () => void makeAgain(id),
    },
    {
      label: 'Details',
      icon: <Info aria-hidden />,
      begins: true,
      onSelect: () => {
        showDetails(id)
      },
    },
    {
      label: 'Copy task id',
      icon: <Copy aria-hidden />,
      disabled: taskId === null,
      onSelect: () => {
        if (taskId === null) return
        void navigator.clipboard.writeText(taskId).then(() => {
          tell({ tone: 'good', title: text.taskCopied })
        })
      },
    },
  ]
}
