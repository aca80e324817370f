import { RadioGroup } from 'radix-ui'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

export type SegmentedOption<Value extends string> = {
  readonly value: Value
  readonly label: string
  readonly icon?: ReactNode
}

export type SegmentedProps<Value extends string> = {
  readonly label: string
  readonly value: Value
  readonly options: readonly SegmentedOption<Value>[]
  readonly onChange: (value: Value) => void
  /** Shows only the icons; the words stay for screen readers. */
  readonly iconsOnly?: boolean
  readonly className?: string
}

/** One choice out of a few, side by side. */
export function Segmented<Value extends string>({
  label,
  value,
  options,
  onChange,
  iconsOnly = false,
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
      {options.map((option) => (
        <RadioGroup.Item
          key={option.value}
          value={option.value}
          aria-label={option.label}
          className={classNames(
            'inline-flex h-7.5 flex-1 items-center justify-center gap-1.5 rounded-md px-3 text-sm font-medium whitespace-nowrap text-soft transition-colors',
            'hover:text-ink data-[state=checked]:bg-raised data-[state=checked]:text-ink data-[state=checked]:shadow-sm',
            '[&_svg]:size-4',
          )}
        >
          {option.icon}
          {!iconsOnly && option.label}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  )
}
