import { Check, ClipboardCopy, TriangleAlert } from 'lucide-react'
import {
  useEffect,
  useId,
  useImperativeHandle,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type Ref,
} from 'react'
import type { FrameList } from '../../../shared/domain/frames.ts'
import type { Milliseconds, Seconds } from '../../../shared/units.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { finerFrame } from './offset-text.ts'
import { framesText, placeFor, placeText, type Place, type Places, type Shown } from './places.ts'
import type { PerSide } from './shared-clock.ts'
import { formatTime } from './words.ts'

export type TimeFieldHandle = {
  /** Puts the cursor into the time, so that another one can be typed. */
  readonly goTo: () => void
  readonly copyPlace: () => void
}

type TimeFieldProps = {
  readonly ref?: Ref<TimeFieldHandle>
  readonly places: Places
  /** Of the chosen take. */
  readonly videos: PerSide<FrameList>
  /** From where to where the shared clock goes. */
  readonly clock: Shown
  /** Which frame of a place is that of the chosen take. */
  readonly index: number
  /** How much later the chosen result is shown. */
  readonly offset: Seconds
  readonly onSeek: (time: Seconds) => void
}

const shown: Milliseconds = 2_000

const copyWords = { copied: 'Copied', failed: 'Not copied. Select it and copy it.' } as const
const copyIcons = { copied: <Check />, failed: <TriangleAlert /> } as const

/** The bar around it keeps the focus from what is clicked; text is clicked to be selected. */
const allowSelecting = (event: MouseEvent) => {
  event.stopPropagation()
}

/** Where the comparison is, to be read, copied and typed. */
export function TimeField({ ref, places, videos, clock, index, offset, onSeek }: TimeFieldProps) {
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const frames = useRef<HTMLParagraphElement>(null)
  const latest = useRef<Place>({ time: 0, frames: [] })
  const [problem, setProblem] = useState<string | null>(null)
  const [copied, setCopied] = useState<keyof typeof copyWords | null>(null)

  const named = (place: Place) => ({
    time: place.time,
    reference: place.frames[0] ?? 0,
    result: place.frames[index] ?? 0,
    offset,
    frame: finerFrame(videos),
  })
  const write = () => {
    const place = named(latest.current)
    const text = framesText(place)
    // Writing the same text again would lose what is selected in it.
    if (frames.current && frames.current.textContent !== text) frames.current.textContent = text
    if (field.current && field.current !== document.activeElement)
      field.current.value = formatTime(place.time)
  }
  const writeLatest = useRef(write)
  useEffect(() => {
    writeLatest.current = write
    write()
  })
  useEffect(
    () =>
      places.follow((place) => {
        latest.current = place
        writeLatest.current()
      }),
    [places],
  )

  useEffect(() => {
    if (copied === null) return undefined
    const timer = setTimeout(() => {
      setCopied(null)
    }, shown)
    return () => {
      clearTimeout(timer)
    }
  }, [copied])

  const copyPlace = () => {
    navigator.clipboard.writeText(placeText(named(latest.current))).then(
      () => {
        setCopied('copied')
      },
      () => {
        setCopied('failed')
      },
    )
  }
  const copyNow = useRef(copyPlace)
  useEffect(() => {
    copyNow.current = copyPlace
  })
  // One handle for as long as the field is there: a component that keeps it in its state would render without end.
  useImperativeHandle(
    ref,
    () => ({
      goTo: () => field.current?.focus(),
      copyPlace: () => {
        copyNow.current()
      },
    }),
    [],
  )

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Escape') event.currentTarget.blur()
    if (event.key !== 'Enter') return
    const going = placeFor(event.currentTarget.value, { ...clock, reference: videos.reference })
    if ('problem' in going) {
      setProblem(going.problem)
      return
    }
    event.currentTarget.blur()
    onSeek(going.time)
  }

  return (
    <div className="relative flex items-center gap-1.5 text-xs text-soft">
      <input
        ref={field}
        aria-label="Time or frame"
        title="Type a time or a frame such as 98f"
        autoComplete="off"
        spellCheck={false}
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : `${id}-problem`}
        className="tabular h-7 w-17 rounded-md border border-transparent bg-transparent px-1.5 text-sm text-ink hover:border-edge focus:border-edge focus:bg-raised aria-invalid:border-bad"
        onMouseDown={allowSelecting}
        onFocus={(event) => {
          event.currentTarget.select()
        }}
        onBlur={() => {
          setProblem(null)
          // At this moment the field still counts as the active one.
          if (field.current) field.current.value = formatTime(latest.current.time)
        }}
        onChange={() => {
          setProblem(null)
        }}
        onKeyDown={onKeyDown}
      />
      <span className="tabular whitespace-nowrap text-faint @max-[48rem]:hidden">
        / {formatTime(clock.end)}
      </span>
      <p
        ref={frames}
        data-selectable
        className="tabular whitespace-nowrap max-2xl:hidden"
        onMouseDown={allowSelecting}
      />
      <IconButton
        size="small"
        side="top"
        className="@max-[48rem]:hidden"
        label={copied === null ? 'Copy time and frames' : copyWords[copied]}
        icon={copied === null ? <ClipboardCopy /> : copyIcons[copied]}
        onClick={copyPlace}
      />
      <span role="status" className="sr-only">
        {copied !== null && copyWords[copied]}
      </span>
      {problem !== null && (
        <p
          id={`${id}-problem`}
          role="alert"
          className="absolute bottom-full left-0 z-10 mb-1 rounded-md border border-bad/40 bg-bad-wash px-2.5 py-1.5 whitespace-nowrap text-bad"
        >
          {problem}
        </p>
      )}
    </div>
  )
}
