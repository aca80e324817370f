import { folded } from '../../../../shared/domain/marks.ts'
import { useApp } from '../../../state/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { Modal } from '../../../ui/Modal.tsx'
import { TagsField } from './TagsField.tsx'
import { text } from './text.ts'

/** Every tag that one of these takes has, each once. */
function useTagsOf(takes: readonly string[]): readonly string[] {
  const marks = useApp((state) => state.marks)
  const tags = takes.flatMap((take) => marks[take]?.tags ?? [])
  return [...new Map(tags.map((tag) => [folded(tag), tag])).values()]
}

function Tags({ takes }: { readonly takes: readonly string[] }) {
  const askForTags = useApp((state) => state.askForTags)
  const markTakes = useApp((state) => state.markTakes)
  const tags = useTagsOf(takes)
  const close = () => {
    askForTags(null)
  }
  return (
    <Modal
      title={takes.length === 1 ? 'Tags' : `Tags of ${String(takes.length)} takes`}
      description={text.tagsOfSome}
      onClose={close}
      footer={<Button onClick={close}>Close</Button>}
    >
      <TagsField
        tags={tags}
        initialFocus
        onAdd={(tag) => void markTakes(takes, { addTags: [tag] })}
        onRemove={(tag) => void markTakes(takes, { removeTags: [tag] })}
      />
    </Modal>
  )
}

/** The tags of several takes together, where that is asked for. */
export function TagsDialog() {
  const takes = useApp((state) => state.tagsFor)
  return takes && <Tags takes={takes} />
}
