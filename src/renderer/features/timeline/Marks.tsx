import type { Scan } from '../../../shared/domain/scan.ts'
import type { Seconds } from '../../../shared/units.ts'
import { classNames } from '../../ui/class-names.ts'
import { Tooltip } from '../../ui/Tooltip.tsx'
import { nearestEdge, type Edges } from '../../state/trim-window.ts'
import { bandsOf, bandWords, marksOf, markWords, type BandKind, type Mark } from './marks.ts'
import { writeTimecode } from './timecode.ts'
import { placeOf, type View } from './view.ts'

export const bandLooks: Readonly<Record<BandKind, string>> = {
  frozen: 'bg-edge',
  still: 'bg-edge/45',
  black: 'bg-black ring-1 ring-edge ring-inset',
  fast: 'bg-warn',
}

export const markLooks: Readonly<Record<Mark['kind'], string>> = { cut: 'bg-bad', jump: 'bg-warn' }

const inSight = ({ from, to }: View, start: Seconds, end: Seconds) => end >= from && start <= to

export type BandsProps = { readonly scan: Scan; readonly view: View }

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

export type MarksProps = BandsProps & {
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
