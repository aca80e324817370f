import type { CSSProperties, ReactNode } from 'react'
import { classNames } from './class-names.ts'

/** How high the line above a picture is, in pixels of the page. */
export const paneHead = 30

export type PaneProps = {
  readonly label: string
  readonly title: string
  /** What the picture is called; absent where there is none yet. */
  readonly name?: string | undefined
  /** Shown when the pointer rests on the name. */
  readonly facts?: string
  /** Buttons at the end of the line above the picture. */
  readonly tools?: ReactNode
  readonly style?: CSSProperties | undefined
  readonly children: ReactNode
}

/** A picture on the stage, with one line above it and nothing over it. */
export function Pane({ label, title, name, facts, tools, style, children }: PaneProps) {
  return (
    <section aria-label={label} style={style} className="@container absolute flex min-w-0 flex-col">
      <header className="flex shrink-0 items-center gap-1.5" style={{ height: paneHead }}>
        <h2 className="flex min-w-0 flex-1 items-baseline gap-1.5 overflow-hidden text-sm" data-selectable>
          <span
            className={classNames(
              'truncate text-faint @min-[15rem]:shrink-0',
              name !== undefined && '@max-[15rem]:sr-only',
            )}
          >
            {title}
          </span>
          {name !== undefined && (
            <span className="truncate font-medium" title={facts === undefined ? name : `${name} · ${facts}`}>
              {name}
            </span>
          )}
          {facts !== undefined && <span className="sr-only">{facts}</span>}
        </h2>
        {tools}
      </header>
      <div className="relative [container-type:size] min-h-0 flex-1 overflow-hidden rounded-lg bg-black">
        {children}
      </div>
    </section>
  )
}
