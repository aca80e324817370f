import { useEffect, useState } from 'react'
import { filesFrom } from './dropped-files.ts'
import { writesText } from '../lib/shortcuts.ts'
import { useApp } from '../state/store.ts'

const carriesFiles = (data: DataTransfer | null) => data?.types.includes('Files') === true

/** Takes in files that are dropped anywhere in the window or pasted. True while files hover over it. */
export function useDrop(): boolean {
  const adoptInputs = useApp((state) => state.adoptInputs)
  const openTake = useApp((state) => state.openTake)
  const [hovering, setHovering] = useState(false)
  useEffect(() => {
    const takeIn = (data: DataTransfer | null) => {
      if (!data) return
      void filesFrom(data).then((files) => {
        if (files.length === 0) return
        openTake(null)
        return adoptInputs(files)
      })
    }
    const onDragOver = (event: DragEvent) => {
      if (!carriesFiles(event.dataTransfer)) return
      event.preventDefault()
      setHovering(true)
    }
    // Only leaving the window itself has no element to go to.
    const onDragLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setHovering(false)
    }
    const onDrop = (event: DragEvent) => {
      event.preventDefault()
      setHovering(false)
      takeIn(event.dataTransfer)
    }
    const onPaste = (event: ClipboardEvent) => {
      if (!carriesFiles(event.clipboardData)) return
      // Words that were copied out of a document bring a picture of themselves along: a field wants the words.
      if (writesText(event.target) && event.clipboardData?.types.includes('text/plain')) return
      event.preventDefault()
      takeIn(event.clipboardData)
    }
    window.addEventListener('dragover', onDragOver)
    window.addEventListener('dragleave', onDragLeave)
    window.addEventListener('drop', onDrop)
    window.addEventListener('paste', onPaste)
    return () => {
      window.removeEventListener('dragover', onDragOver)
      window.removeEventListener('dragleave', onDragLeave)
      window.removeEventListener('drop', onDrop)
      window.removeEventListener('paste', onPaste)
    }
  }, [adoptInputs, openTake])
  return hovering
}
