import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from './Button.tsx'

const shownMilliseconds = 2_000

export type CopyButtonProps = {
  readonly text: string
  /** What it copies, for people who can't see what is next to it. */
  readonly label: string
}

/** Copies a text that may exist nowhere else, and says whether that worked. */
export function CopyButton({ text, label }: CopyButtonProps) {
  const [done, setDone] = useState<'copied' | 'failed' | null>(null)
  useEffect(() => {
    if (done === null) return
    const timer = setTimeout(() => {
      setDone(null)
    }, shownMilliseconds)
    return () => {
      clearTimeout(timer)
    }
  }, [done])
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => {
        setDone('copied')
      },
      () => {
        setDone('failed')
      },
    )
  const words = done === null ? 'Copy' : done === 'copied' ? 'Copied' : 'Select it and copy it yourself'
  return (
    <Button
      size="small"
      look="quiet"
      aria-label={done === null ? label : words}
      icon={done === 'copied' ? <Check aria-hidden /> : <Copy aria-hidden />}
      onClick={() => void copy()}
    >
      {words}
    </Button>
  )
}
