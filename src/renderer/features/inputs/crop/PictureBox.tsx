import type { ReactNode } from 'react'
import type { Size } from '../../../../shared/domain/picture-geometry.ts'

/** As high as the clip's player beside it. */
const height = 'clamp(10rem, 30vh, 26rem)'

/** Leaves room for what is drawn over the edges of the picture. */
const margin = '0.9rem'

export type PictureBoxProps = {
  readonly size: Size
  readonly inset?: boolean
  readonly background?: string
  readonly children: ReactNode
}

/** A box of a picture's own aspect, as large as the place for it allows. */
export function PictureBox({ size, inset = false, background, children }: PictureBoxProps) {
  const aspect = size.width / size.height
  const padding = inset ? margin : '0px'
  return (
    <div className="flex items-center justify-center" style={{ height, padding }}>
      <div
        className="relative"
        style={{
          aspectRatio: String(aspect),
          width: `min(100%, calc((${height} - 2 * ${padding}) * ${String(aspect)}))`,
          ...(background !== undefined && { background }),
        }}
      >
        {children}
      </div>
    </div>
  )
}
