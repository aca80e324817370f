import type { Take } from '../../../shared/domain/take.ts'
import { partSentence } from '../../../shared/text/outcome-question.ts'
import { useApp } from '../../state/store.ts'

/** Why this take is there although nobody asked for it, with the way to the take that it belongs to. */
export function TakePart({ take }: { readonly take: Take }) {
  const parent = useApp(({ takes }) => (take.partOf === null ? undefined : takes[take.partOf]))
  const seekTake = useApp((state) => state.seekTake)
  const sentence = partSentence(take, parent)
  if (sentence === null) return null
  return (
    <p className="mt-2 text-xs text-soft">
      {sentence}{' '}
      {parent && (
        <button
          type="button"
          className="rounded text-accent underline underline-offset-2"
          onClick={() => {
            seekTake(parent.id)
          }}
        >
          Show that take
        </button>
      )}
    </p>
  )
}
