import type { ShortFix } from '../../../shared/domain/fit.ts'
import { formatSeconds } from '../../../shared/units.ts'
import { shortWords } from '../../lib/setting-words.ts'
import { SelectField } from '../../ui/SelectField.tsx'
import type { TooShort } from '../../state/too-short.ts'

export type TooShortChoiceProps = {
  readonly tooShort: TooShort
  readonly value: ShortFix | null
  readonly onChange: (value: ShortFix | null) => void
}

/** What becomes of a part that is too short. Nothing is lengthened unless it is chosen. */
export function TooShortChoice({ tooShort, value, onChange }: TooShortChoiceProps) {
  const { least, ways, certain } = tooShort
  const none = certain ? 'Choose how it is lengthened' : 'Not prepared, and the queue says why'
  return (
    <SelectField<ShortFix | 'none'>
      label={
        certain
          ? `The part is shorter than ${formatSeconds(least)}`
          : `A clip that is shorter than ${formatSeconds(least)} is`
      }
      value={value ?? 'none'}
      options={[
        { value: 'none', label: none },
        ...ways.map((way) => ({ value: way, label: `Lengthened: ${shortWords[way]}` })),
      ]}
      onChange={(chosen) => {
        onChange(chosen === 'none' ? null : chosen)
      }}
    />
  )
}
