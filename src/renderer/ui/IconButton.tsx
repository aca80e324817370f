import type { ButtonHTMLAttributes, ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Tooltip } from './Tooltip.tsx'

export type IconButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'aria-label'> & {
  /** What it does; read aloud and shown as a tooltip. */
  readonly label: string
  readonly icon: ReactNode
  readonly keys?: readonly string[]
  /** For a button that stays on. */
  readonly pressed?: boolean
  readonly size?: 'small' | 'medium' | 'large'
  readonly side?: 'top' | 'bottom' | 'left' | 'right'
}

const sizes = {
  small: 'size-7 [&_svg]:size-3.5',
  medium: 'size-8.5 [&_svg]:size-[1.125rem]',
  large: 'size-11 [&_svg]:size-5',
} as const

export function IconButton({
  label,
  icon,
  keys,
  pressed,
  size = 'medium',
  side,
  className,
  type = 'button',
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip text={label} keys={keys} {...(side && { side })}>
      <button
        type={type}
        aria-label={label}
        aria-pressed={pressed}
        className={classNames(
          'inline-flex shrink-0 items-center justify-center rounded-lg transition-colors',
          'disabled:text-faint/60 disabled:hover:bg-transparent',
          'aria-disabled:cursor-default aria-disabled:text-faint/60 aria-disabled:hover:bg-transparent',
          pressed === true ? 'bg-accent-wash text-accent' : 'text-soft hover:bg-hover hover:text-ink',
          sizes[size],
          className,
        )}
        {...rest}
      >
        {icon}
      </button>
    </Tooltip>
  )
}
