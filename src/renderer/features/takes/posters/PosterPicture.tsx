import { Film, UserRound } from 'lucide-react'
import { useEffect } from 'react'
import { useApp } from '../../../state/store.ts'
import { classNames } from '../../../ui/class-names.ts'
import { HoverScrub } from './HoverScrub.tsx'

type PosterPictureProps = {
  readonly id: string
  /** Of the result, where there is none yet of the character. */
  readonly of?: 'result' | 'character' | 'clip'
  /** The pointer moves through the result. */
  readonly scrubs?: boolean
  readonly className?: string
}

/** The picture of a take, read when its poster comes into sight: the result's own, until then the character. */
export function PosterPicture({ id, of = 'result', scrubs = false, className }: PosterPictureProps) {
  const pictures = useApp((state) => state.takePictures[id])
  const readPictures = useApp((state) => state.readPictures)
  // The pictures exist once the files are prepared, and the result's once it is done.
  const state = useApp(({ takes }) => takes[id]?.state)
  const isComplete = pictures !== undefined && pictures.result !== null
  useEffect(() => {
    if (!isComplete) void readPictures(id)
  }, [id, state, isComplete, readPictures])
  const isPoster = of === 'result'
  const shown = pictures?.[of] ?? (isPoster ? pictures?.character : null) ?? null
  const Placeholder = of === 'clip' ? Film : UserRound
  return (
    <span
      className={classNames(
        'flex items-center justify-center overflow-hidden bg-stage text-white/40',
        scrubs && 'relative',
        className,
      )}
    >
      {shown === null ? (
        <Placeholder aria-hidden className="size-6" strokeWidth={1.25} />
      ) : (
        // Where an upright picture is cut, it keeps its head.
        <img
          src={shown}
          alt=""
          draggable={false}
          loading="lazy"
          className={classNames(
            'size-full',
            isPoster ? 'object-cover object-top' : 'object-contain',
            isPoster && pictures?.result === null && 'opacity-60',
          )}
        />
      )}
      {scrubs && pictures?.result && <HoverScrub key={pictures.result} id={id} />}
    </span>
  )
}
