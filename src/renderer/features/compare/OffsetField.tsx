import { useId, useRef, useState } from 'react'
import type { FrameList } from '../../../shared/domain/frames.ts'
import type { Seconds } from '../../../shared/units.ts'
import { finerFrame, offsetText, readOffset, wrongOffset } from './offset-text.ts'
import type { PerSide } from './shared-clock.ts'

type OffsetFieldProps = {
  readonly offset: Seconds
  readonly videos: PerSide<FrameList>
  readonly onOffset: (offset: Seconds) => void
  /** The id of words that say more. */
  readonly describedBy: string
}

/** The offset in frames and seconds; another one can be typed in either. Enter or leaving the field applies it. */
export function OffsetField({ offset, videos, onOffset, describedBy }: OffsetFieldProps) {
  const id = useId()
  const frame = finerFrame(videos)
  const [typed, setTyped] = useState<string | null>(null)
  /** The same for `onBlur`, which Enter and Escape call before the next render. */
  const draft = useRef<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)

  const type = (text: string | null) => {
    draft.current = text
    setTyped(text)
  }
  const stop = () => {
    type(null)
    setProblem(null)
  }
  /** False where the text means nothing. */
  const apply = (): boolean => {
    if (draft.current === null) return true
    const read = readOffset(draft.current, frame)
    const wrong = wrongOffset(read, videos)
    setProblem(wrong)
    if (wrong !== null || read === null) return false
    stop()
    if (read !== offset) onOffset(read)
    return true
  }

  return (
    <span className="relative flex items-center">
      <input
        aria-label="Offset in frames or seconds"
        aria-describedby={problem === null ? describedBy : `${id}-problem`}
        aria-invalid={problem !== null}
        title="Type frames such as 12f, or seconds"
        autoComplete="off"
        spellCheck={false}
        value={typed ?? offsetText(offset, frame)}
        className="tabular h-7 w-40 rounded-md border border-edge bg-raised px-2 text-center text-xs text-ink aria-invalid:border-bad"
        onMouseDown={(event) => {
          // The panel keeps the focus from what is clicked; this is clicked to be typed into.
          event.stopPropagation()
        }}
        onFocus={(event) => {
          event.currentTarget.select()
        }}
        onChange={(event) => {
          type(event.target.value)
          setProblem(null)
        }}
        onBlur={() => {
          if (!apply()) stop()
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            stop()
            event.currentTarget.blur()
          }
          if (event.key === 'Enter' && apply()) event.currentTarget.blur()
        }}
      />
      {problem !== null && (
        <span
          id={`${id}-problem`}
          role="alert"
          className="absolute top-full left-0 z-10 mt-1 rounded-md border border-bad/40 bg-bad-wash px-2.5 py-1.5 text-xs whitespace-nowrap text-bad"
        >
          {problem}
        </span>
      )}
    </span>
  )
}
