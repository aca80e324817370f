import { Ban, Flag, FlagOff, Star, type LucideIcon } from 'lucide-react'
import { mostStars, type Flag as FlagName } from '../../../../shared/domain/marks.ts'
import { keysOf } from '../../../lib/shortcuts.ts'
import { classNames } from '../../../ui/class-names.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { starWords } from './mark-signs.tsx'

const starKeys = ['stars-0', 'stars-1', 'stars-2', 'stars-3', 'stars-4', 'stars-5'] as const

type StarButtonsProps = {
  /** Null where several takes have different ones. */
  readonly value: number | null
  readonly onChange: (stars: number) => void
}

/** Five stars to press; a second press of the same takes them away. */
export function StarButtons({ value, onChange }: StarButtonsProps) {
  return (
    <span role="group" aria-label="Stars" className="flex">
      {Array.from({ length: mostStars }, (_, index) => index + 1).map((stars) => (
        <IconButton
          key={stars}
          size="small"
          label={starWords(stars)}
          keys={keysOf('takes', starKeys[stars] ?? 'stars-0')}
          aria-pressed={stars === value}
          icon={<Star className={classNames(value !== null && stars <= value && 'fill-current text-ink')} />}
          onClick={() => {
            onChange(stars === value ? 0 : stars)
          }}
        />
      ))}
    </span>
  )
}

type FlagChoice = FlagName | 'none'

const flags: readonly {
  readonly flag: FlagChoice
  readonly label: string
  readonly icon: LucideIcon
  readonly command: 'pick' | 'reject' | 'unflag'
}[] = [
  { flag: 'pick', label: 'Pick', icon: Flag, command: 'pick' },
  { flag: 'reject', label: 'Reject', icon: Ban, command: 'reject' },
  { flag: 'none', label: 'No flag', icon: FlagOff, command: 'unflag' },
]

type FlagButtonsProps = {
  /** Undefined where several takes have different ones. */
  readonly value: FlagName | null | undefined
  readonly onChange: (flag: FlagName | null) => void
}

/** Pick, reject, or neither. */
export function FlagButtons({ value, onChange }: FlagButtonsProps) {
  return (
    <span role="group" aria-label="Flag" className="flex">
      {flags.map(({ flag, label, icon: Icon, command }) => (
        <IconButton
          key={flag}
          size="small"
          label={label}
          keys={keysOf('takes', command)}
          pressed={flag === value}
          icon={<Icon />}
          onClick={() => {
            onChange(flag === 'none' ? null : flag)
          }}
        />
      ))}
    </span>
  )
}
