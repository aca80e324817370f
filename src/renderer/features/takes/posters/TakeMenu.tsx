import {
  Columns2,
  Copy,
  Download,
  Flag,
  FolderOpen,
  Info,
  LayoutGrid,
  LifeBuoy,
  PencilLine,
  RotateCcw,
  SlidersHorizontal,
  Stamp,
  Star,
  StickyNote,
  Tag,
  Trash2,
} from 'lucide-react'
import { terminalStates, type Take } from '../../../../shared/domain/take.ts'
import { keysOf } from '../../../lib/shortcuts.ts'
import { useApp } from '../../../state/store.ts'
import { MenuItems, type MenuItem } from '../../../ui/Menu.tsx'
import { useBoardItems } from '../marks/use-board-items.tsx'
import { starWords } from '../marks/mark-signs.tsx'
import { takesWith } from '../marks/target-takes.ts'
import { offersFor } from '../take-actions.ts'
import { useTakeProvider } from '../use-take-provider.ts'
import { text } from '../text.ts'

const starKeys = ['stars-0', 'stars-1', 'stars-2', 'stars-3', 'stars-4', 'stars-5'] as const

/** What the user says about the take, and about the others that are selected with it. */
function useMarkItems(id: string): readonly MenuItem[] {
  const marks = useApp((state) => state.marks[id])
  const markTakes = useApp((state) => state.markTakes)
  const showDetails = useApp((state) => state.showDetails)
  const askForTags = useApp((state) => state.askForTags)
  const takes = takesWith(id)
  const boards = useBoardItems(takes)
  const isAlone = takes.length === 1
  const flagItem = (
    label: string,
    flag: 'pick' | 'reject' | null,
    command: 'pick' | 'reject' | 'unflag',
  ) => ({
    label,
    keys: keysOf('takes', command),
    checked: (marks?.flag ?? null) === flag,
    onSelect: () => void markTakes(takes, { flag }),
  })
  return [
    {
      label: 'Stars',
      icon: <Star aria-hidden />,
      begins: true,
      items: starKeys.map((command, stars) => ({
        label: stars === 0 ? 'No stars' : starWords(stars),
        keys: keysOf('takes', command),
        checked: (marks?.stars ?? 0) === stars,
        onSelect: () => void markTakes(takes, { stars }),
      })),
    },
    {
      label: 'Flag',
      icon: <Flag aria-hidden />,
      items: [
        flagItem('Pick', 'pick', 'pick'),
        flagItem('Reject', 'reject', 'reject'),
        flagItem('No flag', null, 'unflag'),
      ],
    },
    { label: 'Boards', icon: <LayoutGrid aria-hidden />, items: boards },
    {
      label: 'Tags…',
      icon: <Tag aria-hidden />,
      onSelect: () => {
        if (isAlone) showDetails(id, 'tags')
        else askForTags(takes)
      },
    },
    {
      label: 'Rename…',
      icon: <PencilLine aria-hidden />,
      keys: keysOf('takes', 'rename'),
      onSelect: () => {
        showDetails(id, 'name')
      },
    },
    {
      label: 'Note…',
      icon: <StickyNote aria-hidden />,
      onSelect: () => {
        showDetails(id, 'note')
      },
    },
  ]
}

/** What can be done with its files, its settings and its task. */
function useFileItems(take: Take): readonly MenuItem[] {
  const { id } = take
  const { model } = useTakeProvider(take)
  const resultProblem = useApp((state) => state.resultProblems[id])
  const markedProblem = useApp((state) => state.markedProblems[id])
  const compareTakes = useApp((state) => state.compareTakes)
  const saveResult = useApp((state) => state.saveResult)
  const revealResult = useApp((state) => state.revealResult)
  const offers = offersFor(take, model, resultProblem, markedProblem)
  const compared = takesWith(id)
  const saveMarked: MenuItem = {
    label: 'Save watermarked version…',
    icon: <Stamp aria-hidden />,
    onSelect: () => void saveResult(id, 'marked'),
  }
  return [
    {
      label: compared.length > 1 ? `Compare ${String(compared.length)} takes` : 'Compare',
      icon: <Columns2 aria-hidden />,
      disabled: !offers.includes('compare'),
      onSelect: () => {
        compareTakes(compared)
      },
    },
    {
      label: 'Save as…',
      icon: <Download aria-hidden />,
      disabled: !offers.includes('save'),
      onSelect: () => void saveResult(id),
    },
    ...(offers.includes('save-marked') ? [saveMarked] : []),
    {
      label: 'Show in folder',
      icon: <FolderOpen aria-hidden />,
      disabled: !offers.includes('reveal'),
      onSelect: () => void revealResult(id),
    },
  ]
}

/** What can be done with a take, wherever its poster is. */
export function TakeMenu({ take }: { readonly take: Take }) {
  const { id, taskId, state } = take
  const showDetails = useApp((state) => state.showDetails)
  const reuseSettings = useApp((state) => state.reuseSettings)
  const makeAgain = useApp((state) => state.makeAgain)
  const tell = useApp((state) => state.tell)
  const saveSupportPack = useApp((state) => state.saveSupportPack)
  const trashTakes = useApp((state) => state.trashTakes)
  const trashed = takesWith(id)
  const items: readonly MenuItem[] = [
    ...useFileItems(take),
    ...useMarkItems(id),
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
    {
      label: 'Save support pack…',
      icon: <LifeBuoy aria-hidden />,
      onSelect: () => void saveSupportPack(id),
    },
    {
      label: trashed.length > 1 ? `Move ${String(trashed.length)} takes to trash` : 'Move to trash',
      icon: <Trash2 aria-hidden />,
      keys: keysOf('takes', 'trash'),
      begins: true,
      disabled: trashed.length === 1 && state !== 'DRAFT' && !terminalStates.has(state),
      onSelect: () => void trashTakes(trashed),
    },
  ]
  return <MenuItems items={items} />
}
