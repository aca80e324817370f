import { Tooltip as Radix } from 'radix-ui'
import type { ReactElement } from 'react'
import { Keys } from './Keys.tsx'
import { returning } from './use-dialog.ts'

export type TooltipProps = {
  readonly text: string
  /** The shortcut, as separate keys. */
  readonly keys?: readonly string[] | undefined
  readonly side?: 'top' | 'bottom' | 'left' | 'right'
  readonly children: ReactElement
}

export function Tooltip({ text, keys, side = 'bottom', children }: TooltipProps) {
  return (
    <Radix.Provider delayDuration={400} disableHoverableContent>
      <Radix.Root>
        <Radix.Trigger
          asChild
          onFocus={(event) => {
            if (event.currentTarget.hasAttribute(returning)) event.preventDefault()
          }}
        >
          {children}
        </Radix.Trigger>
        <Radix.Portal>
          <Radix.Content
            side={side}
            sideOffset={6}
            collisionPadding={8}
            className="animate-appear z-50 flex items-center gap-2 rounded-md border border-line bg-raised px-2.5 py-1.5 text-xs text-ink shadow-float"
          >
            {text}
            {keys && <Keys keys={keys} />}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  )
}
