import type { ReactNode, Ref } from 'react'
import type { Size } from '../../../../shared/picture-geometry.ts'

/** As high as the clip's player beside it. */
const height = 'clamp(10rem, 30vh, 26rem)'

export type PictureBoxProps = {
  readonly size: Size
  readonly background?: string
  readonly ref?: Ref<HTMLDivElement>
  readonly children: ReactNode
}

/** A box of a picture's own aspect, as large as the place for it allows. */
export function PictureBox({ size, background, ref, children }: PictureBoxProps) {
  const aspect = size.width / size.height
  return (
    <div className="flex items-center justify-center" style={{ height }}>
      <div
        ref={ref}
        className="relative"
        style={{
          aspectRatio: String(aspect),
          width: `min(100%, calc(${height} * ${String(aspect)}))`,
          ...(background !== undefined && { background }),
        }}
      >
        {children}
      </div>
    </div>
  )
}
