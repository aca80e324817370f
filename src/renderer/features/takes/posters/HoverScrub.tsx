import { useEffect, useState, type CSSProperties, type PointerEvent } from 'react'
import { cellAt, type SpriteSheet } from '../../../../shared/domain/sprite.ts'
import type { Size } from '../../../../shared/domain/picture-geometry.ts'
import type { TakeSprite } from '../../../../shared/domain/views.ts'
import type { Fraction } from '../../../../shared/units.ts'
import { askUntil } from '../../../lib/ask-until.ts'

/** Where the pointer is in a poster: from its left edge, 0, to its right one, 1. */
type Pointed = { readonly place: Fraction; readonly box: Size }

const px = (length: number) => `${length.toFixed(2)}px`

/** How the whole file has to be placed to show one of its pictures as posters are shown: it covers the box and keeps its top. */
export function cellPlace(
  { columns, rows, cell, times }: SpriteSheet,
  { place, box }: Pointed,
): CSSProperties {
  const nth = cellAt({ times }, place)
  const scale = Math.max(box.width / cell.width, box.height / cell.height)
  const [width, height] = [cell.width * scale, cell.height * scale]
  return {
    width: px(columns * width),
    height: px(rows * height),
    left: px((box.width - width) / 2 - (nth % columns) * width),
    top: px(-Math.floor(nth / columns) * height),
  }
}

/** The sprite of a take, asked for when it is wanted and until the pointer leaves. */
function useSprite(id: string, isWanted: boolean): TakeSprite | null {
  const [sprite, setSprite] = useState<TakeSprite | null>(null)
  const isNeeded = isWanted && sprite === null
  useEffect(() => {
    if (!isNeeded) return undefined
    const left = new AbortController()
    void askUntil('take:sprite', { take: id }, { signal: left.signal }).then((answer) => {
      // Without it, the poster stays as it is.
      if (answer.ok && !left.signal.aborted) setSprite(answer.value)
    })
    return () => {
      left.abort()
    }
  }, [id, isNeeded])
  return sprite
}

type MomentProps = { readonly sprite: TakeSprite; readonly pointed: Pointed }

/** The picture of a moment, and a line at its place; nothing until the file has loaded. */
function Moment({ sprite, pointed }: MomentProps) {
  const [isLoaded, setIsLoaded] = useState(false)
  return (
    <span
      data-scrub={cellAt(sprite, pointed.place)}
      className={isLoaded ? 'absolute inset-0 overflow-hidden' : 'hidden'}
    >
      <img
        src={sprite.media}
        alt=""
        draggable={false}
        className="absolute max-w-none"
        style={cellPlace(sprite, pointed)}
        onLoad={() => {
          setIsLoaded(true)
        }}
      />
      <span
        className="absolute inset-y-0 w-px bg-white shadow-[0_0_2px_1px_rgb(0_0_0/0.6)]"
        style={{ left: `${(100 * pointed.place).toFixed(2)}%` }}
      />
    </span>
  )
}

/** Over a poster: the pointer moves through the result from left to right. Nothing moves unless the pointer does. */
export function HoverScrub({ id }: { readonly id: string }) {
  const [pointed, setPointed] = useState<Pointed | null>(null)
  const sprite = useSprite(id, pointed !== null)
  const follow = ({ currentTarget, clientX, pointerType }: PointerEvent) => {
    // A finger that scrolls the list means no moment.
    if (pointerType === 'touch') return
    const { left, width, height } = currentTarget.getBoundingClientRect()
    setPointed({ place: (clientX - left) / Math.max(1, width), box: { width, height } })
  }
  return (
    <span
      aria-hidden
      className="absolute inset-0"
      onPointerEnter={follow}
      onPointerMove={follow}
      onPointerLeave={() => {
        setPointed(null)
      }}
    >
      {pointed && sprite && <Moment sprite={sprite} pointed={pointed} />}
    </span>
  )
}
