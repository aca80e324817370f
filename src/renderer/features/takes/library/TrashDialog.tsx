import { useState } from 'react'
import type { TrashedTake } from '../../../../shared/domain/trash.ts'
import { dateFormat } from '../../../lib/language.ts'
import { useApp } from '../../../state/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { Confirm } from '../../../ui/Confirm.tsx'
import { Modal } from '../../../ui/Modal.tsx'
import { VirtualList } from '../../../ui/VirtualList.tsx'
import { MarkSigns } from '../marks/mark-signs.tsx'
import { madeWith } from '../posters/poster-words.ts'
import { text } from './text.ts'

const day = dateFormat({ day: 'numeric', month: 'long' })

function Row({ trashed: { take, marks, trashedAt } }: { readonly trashed: TrashedTake }) {
  const restoreTakes = useApp((state) => state.restoreTakes)
  const title = `Take ${String(marks.number)}`
  return (
    <div className="flex items-center gap-3 border-b border-line px-1 py-2 text-sm">
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <span className="tabular shrink-0 font-medium">{title}</span>
          <span className="truncate text-soft">{marks.name ?? take.characterName}</span>
          <MarkSigns marks={marks} />
        </span>
        <span className="block truncate text-xs text-faint">
          {`${take.clipName} · ${madeWith(take)} · trashed ${day.format(new Date(trashedAt))}`}
        </span>
      </span>
      <Button
        size="small"
        data-row-focus
        aria-label={`Restore ${title}`}
        onClick={() => void restoreTakes([take.id])}
      >
        Restore
      </Button>
    </div>
  )
}

function Trash({ trash }: { readonly trash: readonly TrashedTake[] }) {
  const closeTrash = useApp((state) => state.closeTrash)
  const emptyTrash = useApp((state) => state.emptyTrash)
  const trashDays = useApp((state) => state.settings.trashDays)
  const [isAsking, setIsAsking] = useState(false)
  const byId = new Map(trash.map((one) => [one.take.id, one]))
  const ids = [...byId.keys()]
  return (
    <Modal
      title="Trash"
      width="wide"
      description={trashDays === null ? text.keptInTrash : text.trashKeeps(trashDays)}
      onClose={closeTrash}
      footer={
        <>
          <Button
            look="danger"
            disabled={ids.length === 0}
            onClick={() => {
              setIsAsking(true)
            }}
          >
            Empty the trash…
          </Button>
          <Button onClick={closeTrash}>Close</Button>
        </>
      }
    >
      {ids.length === 0 ? (
        <p className="py-8 text-center text-sm text-faint">{text.trashIsEmpty}</p>
      ) : (
        <div className="flex h-[50vh] flex-col">
          <VirtualList
            label="Takes in the trash"
            ids={ids}
            rowHeight={54}
            row={(id) => {
              const trashed = byId.get(id)
              return trashed && <Row trashed={trashed} />
            }}
          />
        </div>
      )}
      {isAsking && (
        <Confirm
          title={
            ids.length === 1
              ? 'Empty the trash of 1 take?'
              : `Empty the trash of ${String(ids.length)} takes?`
          }
          confirm="Empty the trash"
          danger
          onConfirm={() => {
            setIsAsking(false)
            void emptyTrash()
          }}
          onCancel={() => {
            setIsAsking(false)
          }}
        >
          <p>{text.emptied}</p>
        </Confirm>
      )}
    </Modal>
  )
}

/** What was trashed, with the way back, where it was opened. */
export function TrashDialog() {
  const trash = useApp((state) => state.trash)
  return trash && <Trash trash={trash} />
}
