import { Crosshair, Minus, Plus, RotateCcw, ScanSearch } from 'lucide-react'
import { useEffect, useId, useRef, useState } from 'react'
import type { Seconds } from '../../../shared/units.ts'
import type { FrameList } from '../../../shared/domain/frames.ts'
import { useCall } from '../../lib/use-call.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { matchedNotice, noticeOf, type OffsetNotice } from './found-words.ts'
import { OffsetField } from './OffsetField.tsx'
import { finerFrame, offsetByFrames, offsetBySeconds, offsetFromMarks, type Marks } from './offset-text.ts'
import { OffsetFinding, OffsetNoticeBox } from './OffsetNoticeBox.tsx'
import type { Places } from './places.ts'
import { otherSide, sides, type PerSide, type Side } from './shared-clock.ts'
import { sideNames } from './words.ts'

type OffsetPanelProps = {
  readonly takeId: string
  /** How much later the result is shown: its lead with the other sign. The reference has no lead. */
  readonly offset: Seconds
  readonly videos: PerSide<FrameList>
  readonly places: Places
  /** Which frame of a place is that of this take. */
  readonly index: number
  readonly onOffset: (offset: Seconds) => void
  readonly onSeek: (time: Seconds) => void
}

/** By how much the result of a take is moved, by hand, by two marks, or by what its sound and motion say. */
export const OffsetPanel = (props: OffsetPanelProps) => <Panel key={props.takeId} {...props} />

/** The painted frames of both sides, past React. */
function usePainted({ places, index }: Pick<OffsetPanelProps, 'places' | 'index'>) {
  const painted = useRef<Marks>({ reference: 0, result: 0 })
  useEffect(
    () =>
      places.follow(({ frames }) => {
        painted.current = { reference: frames[0] ?? 0, result: frames[index] ?? 0 }
      }),
    [places, index],
  )
  return painted
}

function Panel({ takeId, offset, videos, places, index, onOffset, onSeek }: OffsetPanelProps) {
  const direction = useId()
  const painted = usePainted({ places, index })
  const frame = finerFrame(videos)
  const [marks, setMarks] = useState<Partial<Marks>>({})
  const [said, setSaid] = useState<(OffsetNotice & { readonly before: Seconds }) | null>(null)
  const { run, forget, pending, progress, problem } = useCall('take:find-offset', undefined, {
    cancellable: true,
  })
  /** Counts what was asked: an answer that comes after it was cancelled, or after a change by hand, changes nothing. */
  const asked = useRef(0)
  useEffect(
    () => () => {
      asked.current += 1
    },
    [],
  )

  // What is found is told some time after it was asked for.
  const present = useRef(offset)
  useEffect(() => {
    present.current = offset
  })
  const say = (notice: OffsetNotice) => {
    setSaid({ ...notice, before: present.current })
    if (notice.applies !== null) onOffset(notice.applies)
  }
  const stopFinding = () => {
    asked.current += 1
    forget()
  }
  const change = (next: Seconds) => {
    stopFinding()
    setSaid(null)
    onOffset(next)
  }
  const find = async () => {
    asked.current += 1
    const mine = asked.current
    setSaid(null)
    const found = await run({ take: takeId })
    if (found.ok && mine === asked.current) say(noticeOf(found.value, frame))
  }
  const mark = (side: Side) => {
    const frameOf = { ...marks, [side]: painted.current[side] }
    const { reference, result } = frameOf
    if (reference === undefined || result === undefined) {
      setMarks(frameOf)
      return
    }
    const matched = offsetFromMarks(videos, { reference, result })
    stopFinding()
    setMarks({})
    say(matchedNotice(reference, result, matched))
    onSeek(videos.reference.frameTimes[reference] ?? 0)
  }

  return (
    <div
      role="group"
      aria-label="Offset"
      className="shrink-0 border-t border-line bg-panel px-3 py-1"
      onMouseDown={(event) => {
        // A click does not take the focus, so that the keys keep moving the videos and not the clicked control.
        event.preventDefault()
      }}
    >
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <div className="flex flex-wrap items-center gap-1 text-xs text-faint">
          Offset
          <Button
            size="small"
            look="quiet"
            aria-label="0.1 s earlier"
            onClick={() => {
              change(offsetBySeconds(offset, -0.1))
            }}
          >
            −0.1 s
          </Button>
          <IconButton
            size="small"
            label="One frame earlier"
            icon={<Minus />}
            onClick={() => {
              change(offsetByFrames(offset, frame, -1))
            }}
          />
          <OffsetField offset={offset} videos={videos} onOffset={change} describedBy={direction} />
          <IconButton
            size="small"
            label="One frame later"
            icon={<Plus />}
            onClick={() => {
              change(offsetByFrames(offset, frame, 1))
            }}
          />
          <Button
            size="small"
            look="quiet"
            aria-label="0.1 s later"
            onClick={() => {
              change(offsetBySeconds(offset, 0.1))
            }}
          >
            +0.1 s
          </Button>
          <IconButton
            size="small"
            label="No offset"
            icon={<RotateCcw />}
            aria-disabled={offset === 0}
            onClick={() => {
              if (offset !== 0) change(0)
            }}
          />
          <span id={direction} className="w-32 whitespace-nowrap">
            {offset === 0 ? 'First frames together' : `Result ${offset > 0 ? 'later' : 'earlier'}`}
          </span>
        </div>
        <MarkButtons marks={marks} onMark={mark} />
        <Button
          size="small"
          icon={<ScanSearch aria-hidden />}
          title="Compares the sound, then the motion"
          disabled={pending}
          onClick={() => void find()}
        >
          Find
        </Button>
      </div>
      {pending && <OffsetFinding fraction={progress} onCancel={stopFinding} />}
      {!pending && (problem ?? said) !== null && (
        <OffsetNoticeBox
          problem={problem}
          notice={said}
          offset={offset}
          onTry={onOffset}
          onUndo={
            said && said.before !== offset
              ? () => {
                  change(said.before)
                }
              : null
          }
          onClose={() => {
            forget()
            setSaid(null)
          }}
        />
      )}
    </div>
  )
}

type MarkButtonsProps = { readonly marks: Partial<Marks>; readonly onMark: (side: Side) => void }

/** "Match here": the same moment of the motion, marked on one side and then on the other. */
function MarkButtons({ marks, onMark }: MarkButtonsProps) {
  const marked = sides.find((side) => marks[side] !== undefined)
  return (
    <div
      role="group"
      aria-label="Match here"
      className="flex flex-wrap items-center gap-1 text-xs text-faint"
    >
      Match here
      {sides.map((side) => (
        <Button
          key={side}
          size="small"
          look="quiet"
          icon={<Crosshair aria-hidden />}
          aria-label={`Mark the ${side}`}
          aria-pressed={marks[side] !== undefined}
          className={marks[side] === undefined ? undefined : 'bg-accent-wash! text-accent!'}
          onClick={() => {
            onMark(side)
          }}
        >
          {sideNames[side]}
          {marks[side] !== undefined && <span className="tabular">{marks[side] + 1}</span>}
        </Button>
      ))}
      <span role="status">
        {marked && `Now find the same moment in the ${otherSide(marked)} and mark it.`}
      </span>
    </div>
  )
}
