import { RadioGroup } from 'radix-ui'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

export type SegmentedOption<Value extends string> = {
  readonly value: Value
  readonly label: string
  /** Shown instead of the label, where that is clear to those who see what is around it. */
  readonly short?: string
  readonly icon?: ReactNode
  /** Shown as a tooltip with the label. */
  readonly keys?: readonly string[]
}

export type SegmentedProps<Value extends string> = {
  readonly label: string
  readonly value: Value
  readonly options: readonly SegmentedOption<Value>[]
  readonly onChange: (value: Value) => void
  /** Shows only the icons; the words stay for screen readers. */
  readonly iconsOnly?: boolean
  /** Shows only the icons where the nearest container is narrower than 66 rem. */
  readonly iconsWhereNarrow?: boolean
  readonly size?: 'small' | 'medium'
  readonly className?: string
}

const sizes = {
  small: 'h-7 px-2 text-xs [&_svg]:size-3.5',
  medium: 'h-7.5 px-3 text-sm [&_svg]:size-4',
} as const

/** One choice out of a few, side by side. */
export function Segmented<Value extends string>({
  label,
  value,
  options,
  onChange,
  iconsOnly = false,
  iconsWhereNarrow = false,
  size = 'medium',
  className,
}: SegmentedProps<Value>) {
  return (
    <RadioGroup.Root
      aria-label={label}
      value={value}
      orientation="horizontal"
      onValueChange={(chosen) => {
        const option = options.find((entry) => entry.value === chosen)
        if (option) onChange(option.value)
      }}
      className={classNames('inline-flex rounded-lg bg-sunken p-0.5', className)}
    >
      {options.map(({ value: own, label: words, short = words, icon, keys }) => (
        <RadioGroup.Item
          key={own}
          value={own}
          aria-label={words}
          {...(keys && { title: `${words} (${keys.join('+')})` })}
          className={classNames(
            'inline-flex flex-1 items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap text-soft transition-colors',
            'hover:text-ink data-[state=checked]:bg-raised data-[state=checked]:text-ink data-[state=checked]:shadow-sm',
            sizes[size],
          )}
        >
          {icon}
          {!iconsOnly && (
            <span className={classNames(iconsWhereNarrow && '@max-[66rem]:hidden')}>{short}</span>
          )}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  )
}
