import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import { classNames } from './class-names.ts'

/** `accent` is the look of Generate, and of nothing else. */
export type ButtonLook = 'accent' | 'primary' | 'plain' | 'quiet' | 'danger'
export type ButtonSize = 'small' | 'medium' | 'large'

const looks: Readonly<Record<ButtonLook, string>> = {
  accent:
    'forced-edge bg-accent text-on-accent hover:bg-accent-strong disabled:bg-hover disabled:text-faint disabled:shadow-none shadow-sm',
  primary: 'forced-edge bg-ink text-canvas hover:bg-soft disabled:bg-hover disabled:text-faint',
  plain: 'bg-raised text-ink border border-line hover:bg-hover hover:border-edge disabled:text-faint',
  quiet: 'text-soft hover:bg-hover hover:text-ink disabled:text-faint',
  danger: 'bg-bad-wash text-bad border border-bad/40 hover:border-bad disabled:text-faint',
}

const sizes: Readonly<Record<ButtonSize, string>> = {
  small: 'h-7 px-2.5 text-xs gap-1.5 rounded-lg',
  medium: 'h-8.5 px-3.5 text-sm gap-2 rounded-lg',
  large: 'h-11 px-6 text-base gap-2.5 rounded-lg',
}

export type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  readonly look?: ButtonLook
  readonly size?: ButtonSize
  readonly icon?: ReactNode
  readonly ref?: Ref<HTMLButtonElement>
}

export function Button({
  look = 'plain',
  size = 'medium',
  icon,
  className,
  children,
  type = 'button',
  ...rest
}: ButtonProps) {
  return (
    <button
      type={type}
      className={classNames(
        'inline-flex shrink-0 items-center justify-center font-medium whitespace-nowrap transition-colors',
        '[&_svg]:size-[1.15em] [&_svg]:shrink-0 disabled:cursor-not-allowed',
        looks[look],
        sizes[size],
        className,
      )}
      {...rest}
    >
      {icon}
      {children}
    </button>
  )
}
