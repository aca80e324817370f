import { UserRound } from 'lucide-react'
import { useEffect } from 'react'
import { useApp } from '../../state/store.ts'

/** The character, with the clip in the corner; read when the row comes into sight. */
export function TakeThumbnail({ id }: { readonly id: string }) {
  const pictures = useApp((state) => state.takePictures[id])
  const readPictures = useApp((state) => state.readPictures)
  // The pictures exist once the files are prepared, and the result's once it is done.
  const state = useApp(({ takes }) => takes[id]?.state)
  const complete = pictures?.character !== undefined && pictures.character !== null && pictures.clip !== null
  useEffect(() => {
    if (!complete) void readPictures(id)
  }, [id, state, complete, readPictures])

  return (
    <span className="relative size-14 shrink-0">
      <span className="flex size-full items-center justify-center overflow-hidden rounded-lg bg-stage text-white/40">
        {pictures?.character ? (
          <img src={pictures.character} alt="" className="size-full object-cover" draggable={false} />
        ) : (
          <UserRound aria-hidden className="size-5" />
        )}
      </span>
      {pictures?.clip && (
        <img
          src={pictures.clip}
          alt=""
          draggable={false}
          className="absolute -right-1.5 -bottom-1.5 size-6.5 rounded-md border-2 border-panel bg-stage object-cover"
        />
      )}
    </span>
  )
}
