import { Slider as Radix } from 'radix-ui'
import { classNames } from './class-names.ts'

export type SliderProps = {
  /** One name for each handle. */
  readonly labels: readonly string[]
  readonly values: readonly number[]
  readonly min: number
  readonly max: number
  readonly step: number
  readonly onChange: (values: readonly number[]) => void
  /** What a handle's value is called, for example "3.2 seconds". */
  readonly describe?: (value: number) => string
  readonly disabled?: boolean
  readonly className?: string
}

/** A track with one or more handles; arrow keys move by a step, Page keys by ten. */
export function Slider({
  labels,
  values,
  min,
  max,
  step,
  onChange,
  describe,
  disabled = false,
  className,
}: SliderProps) {
  return (
    <Radix.Root
      value={[...values]}
      min={min}
      max={max}
      step={step}
      disabled={disabled}
      onValueChange={onChange}
      className={classNames(
        'relative flex h-5 touch-none items-center data-[disabled]:opacity-50',
        className,
      )}
    >
      <Radix.Track className="relative h-1 forced-edge grow rounded-full bg-line">
        <Radix.Range className="absolute forced-fill h-full rounded-full bg-soft" />
      </Radix.Track>
      {values.map((value, index) => (
        <Radix.Thumb
          key={labels[index]}
          aria-label={labels[index]}
          aria-valuetext={describe?.(value)}
          className="forced-mark block size-3.5 rounded-full border-2 border-ink bg-raised shadow-sm transition-[scale] hover:scale-125"
        />
      ))}
    </Radix.Root>
  )
}
