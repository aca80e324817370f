import { Camera, Check, ClipboardCopy, TriangleAlert } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Milliseconds } from '../../../shared/units.ts'
import type { Still } from '../../state/stills.ts'
import { IconButton } from '../../ui/IconButton.tsx'

const shown: Milliseconds = 2_000

const words = {
  copied: 'Copied',
  small: 'Copied from a smaller copy',
  failed: 'Not copied. Save it instead.',
} as const
const icons = { copied: <Check />, small: <Check />, failed: <TriangleAlert /> } as const

type StillButtonsProps = {
  /** The present view as a PNG. */
  readonly render: () => Promise<Still>
  readonly onSave: (still: Promise<Still>) => void
}

/** The picture on the screen, to a file or to the clipboard. */
export function StillButtons({ render, onSave }: StillButtonsProps) {
  const [done, setDone] = useState<keyof typeof words | null>(null)
  useEffect(() => {
    if (done === null) return undefined
    const timer = setTimeout(() => {
      setDone(null)
    }, shown)
    return () => {
      clearTimeout(timer)
    }
  }, [done])

  const copy = async () => {
    try {
      // The promise is passed on: a clipboard may be written only at once after a click.
      const still = render()
      const picture = still.then((made) => made.picture)
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })])
      setDone((await still).fromCopy ? 'small' : 'copied')
    } catch {
      setDone('failed')
    }
  }
  return (
    <>
      <IconButton
        size="small"
        label="Save the picture"
        icon={<Camera />}
        onClick={() => {
          onSave(render())
        }}
      />
      <IconButton
        size="small"
        label={done === null ? 'Copy the picture' : words[done]}
        icon={done === null ? <ClipboardCopy /> : icons[done]}
        onClick={() => void copy()}
      />
      <span role="status" className="sr-only">
        {done !== null && words[done]}
      </span>
    </>
  )
}
