import { Images, LayoutGrid, Plus, Trash2 } from 'lucide-react'
import { useState, type DragEvent, type ReactNode } from 'react'
import { z } from 'zod'
import type { Board } from '../../../../shared/domain/board.ts'
import { folded } from '../../../../shared/domain/marks.ts'
import { useApp } from '../../../state/store.ts'
import { classNames } from '../../../ui/class-names.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { MenuButton, MenuItems } from '../../../ui/Menu.tsx'
import { BoardName } from '../marks/BoardDialog.tsx'
import { draggedTakes } from '../posters/TakePoster.tsx'
import { Choice } from './Choice.tsx'
import { boardsIn, withBoard } from './typed-filter.ts'
import { text } from './text.ts'

const line =
  'flex h-8 w-full min-w-0 items-center gap-2 rounded-lg px-2 text-left text-sm focus-visible:-outline-offset-2 [&_svg]:size-4 [&_svg]:shrink-0'

type EntryProps = {
  readonly icon: ReactNode
  readonly name: string
  /** Nothing where it is not known. */
  readonly count?: number
  readonly isShown: boolean
  readonly onShow: () => void
}

function Entry({ icon, name, count, isShown, onShow }: EntryProps) {
  return (
    <button
      type="button"
      aria-current={isShown ? 'page' : undefined}
      title={name}
      className={classNames(line, isShown ? 'bg-hover font-medium text-ink' : 'text-soft hover:bg-hover')}
      onClick={onShow}
    >
      {icon}
      <span className="min-w-0 flex-1 truncate">{name}</span>
      {count !== undefined && <span className="tabular text-xs text-faint">{count}</span>}
    </button>
  )
}

const carries = ({ dataTransfer }: DragEvent) => dataTransfer.types.includes(draggedTakes)

/** Takes that were dragged from the grid; none for anything else. */
function takesIn({ dataTransfer }: DragEvent): readonly string[] {
  try {
    return z.array(z.string()).parse(JSON.parse(dataTransfer.getData(draggedTakes)))
  } catch {
    return []
  }
}

function BoardEntry({ board, isShown }: { readonly board: Board; readonly isShown: boolean }) {
  const changeLibraryView = useApp((state) => state.changeLibraryView)
  const putOnBoard = useApp((state) => state.putOnBoard)
  const renameBoard = useApp((state) => state.renameBoard)
  const removeBoard = useApp((state) => state.removeBoard)
  const [isOver, setIsOver] = useState(false)
  const [isRenaming, setIsRenaming] = useState(false)
  const show = (name: string | null) => {
    const { filter } = useApp.getState()
    changeLibraryView({ filter: withBoard(filter, name) })
  }
  return (
    <li
      className={classNames('relative rounded-lg', isOver && 'outline-2 -outline-offset-2 outline-accent')}
      onDragOver={(event) => {
        if (!carries(event)) return
        event.preventDefault()
        setIsOver(true)
      }}
      onDragLeave={() => {
        setIsOver(false)
      }}
      onDrop={(event) => {
        setIsOver(false)
        if (!carries(event)) return
        event.preventDefault()
        const takes = takesIn(event)
        if (takes.length > 0) void putOnBoard(takes, board.id)
      }}
    >
      <div className="pr-8">
        <Entry
          icon={<LayoutGrid aria-hidden />}
          name={board.name}
          count={board.takes.length}
          isShown={isShown}
          onShow={() => {
            show(isShown ? null : board.name)
          }}
        />
      </div>
      <MenuButton
        label={`More about the board ${board.name}`}
        className="absolute top-0.5 right-0.5"
        menu={
          <MenuItems
            items={[
              {
                label: 'Rename…',
                onSelect: () => {
                  setIsRenaming(true)
                },
              },
              {
                label: 'Delete the board',
                onSelect: () => {
                  if (isShown) show(null)
                  void removeBoard(board)
                },
              },
            ]}
          />
        }
      />
      {isRenaming && (
        <BoardName
          title={`Rename “${board.name}”`}
          name={board.name}
          action="Rename"
          onName={async (name) => {
            const problem = await renameBoard(board, name)
            // The filter finds a board by its name.
            if (problem === null && isShown) show(name.trim())
            return problem
          }}
          onClose={() => {
            setIsRenaming(false)
          }}
        />
      )}
    </li>
  )
}

/** The boards, and the trash, where there is no room for their list. */
export function BoardChoice() {
  const boards = useApp((state) => state.boards)
  const filter = useApp((state) => state.filter)
  const changeLibraryView = useApp((state) => state.changeLibraryView)
  const openTrash = useApp((state) => state.openTrash)
  const shown = new Set(boardsIn(filter).map(folded))
  return (
    <>
      {boards.length > 0 && (
        <Choice
          label="Board"
          value={boards.find(({ name }) => shown.has(folded(name)))?.name ?? ''}
          options={[
            { value: '', label: text.allTakes },
            ...boards.map(({ name, takes }) => ({ value: name, label: `${name} (${String(takes.length)})` })),
          ]}
          onChange={(name) => {
            changeLibraryView({ filter: withBoard(filter, name === '' ? null : name) })
          }}
        />
      )}
      <IconButton size="small" label="Trash" icon={<Trash2 />} onClick={() => void openTrash()} />
    </>
  )
}

/** Every board with how many takes are on it; a press shows them, and posters can be dropped on it. */
export function BoardList() {
  const boards = useApp((state) => state.boards)
  const filter = useApp((state) => state.filter)
  const count = useApp((state) => state.takeOrder.length)
  const changeLibraryView = useApp((state) => state.changeLibraryView)
  const askForBoard = useApp((state) => state.askForBoard)
  const openTrash = useApp((state) => state.openTrash)
  const shown = new Set(boardsIn(filter).map(folded))
  return (
    <nav aria-label="Boards" className="flex w-52 shrink-0 flex-col border-r border-line bg-panel">
      <div className="p-2 pb-0">
        <Entry
          icon={<Images aria-hidden />}
          name={text.allTakes}
          count={count}
          isShown={shown.size === 0}
          onShow={() => {
            changeLibraryView({ filter: withBoard(filter, null) })
          }}
        />
      </div>
      <div className="flex h-9 shrink-0 items-center justify-between pr-2.5 pl-4">
        <h2 className="text-xs font-medium text-soft">Boards</h2>
        <IconButton
          size="small"
          label="New board"
          icon={<Plus />}
          onClick={() => {
            askForBoard([])
          }}
        />
      </div>
      <ul className="min-h-0 flex-1 overflow-y-auto px-2 pb-2">
        {boards.map((board) => (
          <BoardEntry key={board.id} board={board} isShown={shown.has(folded(board.name))} />
        ))}
      </ul>
      <div className="border-t border-line p-2">
        <Entry icon={<Trash2 aria-hidden />} name="Trash" isShown={false} onShow={() => void openTrash()} />
      </div>
    </nav>
  )
}
