import { useLayoutEffect, useMemo, useRef, useState, type CSSProperties, type ReactNode } from 'react'
import { paneHead } from './Pane.tsx'
import { arrange, type Box, type Room } from './arrange.ts'

export type StagePicture = {
  readonly key: string
  /** Width by height. */
  readonly aspect: number
  readonly render: (style: CSSProperties) => ReactNode
}

const gap = 10

/** How large an element is, in pixels of the page. */
function useSize() {
  const element = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState<Room>({ width: 0, height: 0 })
  useLayoutEffect(() => {
    const target = element.current
    if (!target) return undefined
    const measure = () => {
      setSize({ width: target.clientWidth, height: target.clientHeight })
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(target)
    return () => {
      observer.disconnect()
    }
  }, [])
  return { element, size }
}

const styleOf = (box: Box | undefined): CSSProperties => ({
  left: `${String(box?.left ?? 0)}px`,
  top: `${String(box?.top ?? 0)}px`,
  width: `${String(box?.width ?? 0)}px`,
  height: `${String(box?.height ?? 0)}px`,
})

/** The pictures of the stage, as large as they can be beside each other. */
export function Panes({ pictures }: { readonly pictures: readonly StagePicture[] }) {
  const { element, size } = useSize()
  const aspects = pictures.map(({ aspect }) => aspect).join(' ')
  const boxes = useMemo(
    () => arrange(aspects.split(' ').filter(Boolean).map(Number), size, { gap, head: paneHead }),
    [aspects, size],
  )
  return (
    <div ref={element} className="relative min-h-0 flex-1 overflow-hidden">
      {pictures.map(({ key, render }, index) => (
        <div key={key} className="contents">
          {render(styleOf(boxes[index]))}
        </div>
      ))}
    </div>
  )
}
