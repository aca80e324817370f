import type { Scan, Span } from '../../../shared/domain/media.ts'
import type { Seconds } from '../../../shared/units.ts'
import { classNames } from '../../ui/class-names.ts'
import { Tooltip } from '../../ui/Tooltip.tsx'
import { nearestEdge, type Edges } from '../../state/trim-window.ts'
import { writeTimecode } from './timecode.ts'
import { placeOf, type View } from './view.ts'
import { ScanNote } from './TimelineHead.tsx'

const bandKinds = ['frozen', 'still', 'black', 'fast'] as const
type BandKind = (typeof bandKinds)[number]

const bandWords: Readonly<Record<BandKind, string>> = {
  frozen: 'Frozen',
  still: 'Hardly moving',
  black: 'Black',
  fast: 'Very fast',
}

type Band = Span & { readonly kind: BandKind }
type Mark = { readonly kind: 'cut' | 'jump'; readonly at: Seconds }

const markWords: Readonly<Record<Mark['kind'], string>> = { cut: 'Cut', jump: 'Camera jump' }

/** In the order of time. */
const marksOf = ({ cuts, jumps }: Scan): readonly Mark[] =>
  [...cuts.map((at): Mark => ({ kind: 'cut', at })), ...jumps.map((at): Mark => ({ kind: 'jump', at }))].sort(
    (one, other) => one.at - other.at,
  )

export const bandsOf = (scan: Scan): readonly Band[] =>
  bandKinds.flatMap((kind) => scan[kind].map((span) => ({ kind, ...span })))

const bandLooks: Readonly<Record<BandKind, string>> = {
  frozen: 'bg-edge',
  still: 'bg-edge/45',
  black: 'bg-black ring-1 ring-edge ring-inset',
  fast: 'bg-warn',
}

const markLooks: Readonly<Record<Mark['kind'], string>> = { cut: 'bg-bad', jump: 'bg-warn' }

const inSight = ({ from, to }: View, start: Seconds, end: Seconds) => end >= from && start <= to

type BandsProps = { readonly scan: Scan; readonly view: View }

/** Stretches that models do badly with, as thin lines below the pictures. */
export function Bands({ scan, view }: BandsProps) {
  return (
    <div className="absolute inset-0 overflow-hidden">
      {bandsOf(scan)
        .filter(({ start, end }) => inSight(view, start, end))
        .map(({ kind, start, end }) => (
          <div
            key={`${kind} ${String(start)}`}
            title={`${bandWords[kind]}: ${writeTimecode(start)} to ${writeTimecode(end)}`}
            className={classNames(
              'absolute inset-y-0 min-w-0.5 rounded-full forced-color-adjust-none',
              bandLooks[kind],
            )}
            style={{
              left: `${String(placeOf(start, view))}%`,
              width: `${String(placeOf(end, view) - placeOf(start, view))}%`,
            }}
          />
        ))}
    </div>
  )
}

type MarksProps = BandsProps & {
  readonly edges: Edges
  readonly onGo: (frame: number) => void
}

/** Where the picture changes all at once. A press takes the playhead there. */
export function Marks({ scan, view, edges, onGo }: MarksProps) {
  return marksOf(scan)
    .filter(({ at }) => inSight(view, at, at))
    .map(({ kind, at }) => {
      const frame = nearestEdge(edges, at)
      const label = `${markWords[kind]} at ${writeTimecode(at)}, frame ${String(frame + 1)}`
      return (
        <div
          key={`${kind} ${String(at)}`}
          className="pointer-events-none absolute inset-y-0 z-10 w-0"
          style={{ left: `${String(placeOf(at, view))}%` }}
        >
          <span
            aria-hidden
            className={classNames(
              'absolute inset-y-0 w-px -translate-x-1/2 opacity-80 forced-color-adjust-none',
              markLooks[kind],
            )}
          />
          <Tooltip text={label} side="top">
            <button
              type="button"
              aria-label={label}
              // The marks are many; those who walk by keys find them in the list below.
              tabIndex={-1}
              className="pointer-events-auto absolute -top-1 left-0 flex size-4 -translate-x-1/2 items-center justify-center"
              onPointerDown={(event) => {
                event.stopPropagation()
              }}
              onClick={() => {
                onGo(frame)
              }}
            >
              <span
                aria-hidden
                className={classNames(
                  'size-2 rotate-45 rounded-[1px] ring-1 ring-panel forced-color-adjust-none',
                  markLooks[kind],
                )}
              />
            </button>
          </Tooltip>
        </div>
      )
    })
}

const times = (count: number) => (count === 1 ? '' : ` × ${String(count)}`)

/** What was found in the clip and how it is drawn; only what there is. */
export function Legend({ scan, looking }: { readonly scan: Scan | null; readonly looking: boolean }) {
  if (looking)
    return (
      <div className="w-72">
        <ScanNote />
      </div>
    )
  if (!scan) return null
  const marks = marksOf(scan)
  const bands = bandsOf(scan)
  if (marks.length + bands.length === 0) return <p className="text-xs text-faint">No cuts found.</p>
  return (
    <>
      <ul
        aria-label="What was found in the clip"
        className="flex gap-x-3.5 text-xs whitespace-nowrap text-faint"
      >
        {(['cut', 'jump'] as const)
          .map((kind) => ({ kind, count: marks.filter((mark) => mark.kind === kind).length }))
          .filter(({ count }) => count > 0)
          .map(({ kind, count }) => (
            <li key={kind} className="flex items-center gap-1.5">
              <span
                aria-hidden
                className={classNames(
                  'size-2 rotate-45 rounded-[1px] forced-color-adjust-none',
                  markLooks[kind],
                )}
              />
              {markWords[kind]}
              {times(count)}
            </li>
          ))}
        {bandKinds
          .map((kind) => ({ kind, count: bands.filter((band) => band.kind === kind).length }))
          .filter(({ count }) => count > 0)
          .map(({ kind, count }) => (
            <li key={kind} className="flex items-center gap-1.5">
              <span
                aria-hidden
                className={classNames('h-1.5 w-3.5 rounded-full forced-color-adjust-none', bandLooks[kind])}
              />
              {bandWords[kind]}
              {times(count)}
            </li>
          ))}
      </ul>
      <p className="sr-only">
        {marks.map(({ kind, at }) => `${markWords[kind]} at ${writeTimecode(at)}.`).join(' ')}{' '}
        {bands
          .map(
            ({ kind, start, end }) =>
              `${bandWords[kind]} from ${writeTimecode(start)} to ${writeTimecode(end)}.`,
          )
          .join(' ')}
      </p>
    </>
  )
}
