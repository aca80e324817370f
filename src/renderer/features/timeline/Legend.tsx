import type { Scan } from '../../../shared/domain/scan.ts'
import { classNames } from '../../ui/class-names.ts'
import { ScanNote } from './ScanNote.tsx'
import { bandKinds, bandsOf, bandWords, marksOf, markWords } from './marks.ts'
import { bandLooks, markLooks } from './Marks.tsx'
import { writeTimecode } from './timecode.ts'

const times = (count: number) => (count === 1 ? '' : ` × ${String(count)}`)

/** What was found in the clip and how it is drawn; only what there is. */
export function Legend({ scan, looking }: { readonly scan: Scan | null; readonly looking: boolean }) {
  if (looking)
    return (
      <div className="w-64">
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
        className="flex flex-wrap gap-x-3.5 gap-y-1 text-xs text-faint"
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
