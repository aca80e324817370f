import { Ban, Flag, Star } from 'lucide-react'
import type { TakeMarks } from '../../../../shared/domain/marks.ts'

export const starWords = (stars: number): string => (stars === 1 ? '1 star' : `${String(stars)} stars`)

/** Stars and flag in words, for those who hear a poster. */
export function marksAloud({ stars, flag }: Pick<TakeMarks, 'stars' | 'flag'>): string {
  const said = [
    ...(stars > 0 ? [starWords(stars)] : []),
    ...(flag === null ? [] : [flag === 'pick' ? 'picked' : 'rejected']),
  ]
  return said.map((words) => `, ${words}`).join('')
}

/** Stars and flag as signs: their shapes tell them apart, not their colours. */
export function MarkSigns({ marks }: { readonly marks: TakeMarks | undefined }) {
  if (!marks || (marks.stars === 0 && marks.flag === null)) return null
  const { stars, flag } = marks
  const Sign = flag === 'pick' ? Flag : Ban
  return (
    <span aria-hidden className="flex shrink-0 items-center gap-1 text-ink [&_svg]:size-3">
      {stars > 0 && (
        <span className="tabular flex items-center gap-0.5 font-semibold">
          {stars}
          <Star className="fill-current" />
        </span>
      )}
      {flag !== null && <Sign className={flag === 'pick' ? 'fill-current' : ''} strokeWidth={2.5} />}
    </span>
  )
}
