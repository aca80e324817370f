import { useEffect, useState } from 'react'
import { writesText } from '../lib/use-shortcuts.ts'
import { useApp } from '../state/store.ts'

/** The part of a `DataTransfer` that is used here. */
type Carried = { readonly files: Iterable<File>; readonly items?: Iterable<DataTransferItem> }

const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory
const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile

/** A browser hands over a hundred entries at a time, and none when there are no more. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject)
    })
    if (some.length === 0) return all
    all.push(...some)
  }
}

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => {
    entry.file(resolve, reject)
  })

const inOrder = new Intl.Collator('en', { numeric: true })

async function filesOfFolder(folder: FileSystemDirectoryEntry): Promise<readonly File[]> {
  const entries = await entriesOf(folder)
  const visible = entries.filter(isFile).filter(({ name }) => !name.startsWith('.'))
  const files = await Promise.all(visible.map(fileOf))
  return files.toSorted((one, other) => inOrder.compare(one.name, other.name))
}

/**
 * The files that were dropped or pasted; a folder means the files directly in it. What is asked of `data` is asked at
 * once, because it is empty after the event.
 */
function filesFrom(data: Carried): Promise<readonly File[]> {
  const entries = [...(data.items ?? [])].map((item) => item.webkitGetAsEntry())
  const files = [...data.files]
  if (!entries.some((entry) => entry !== null && isFolder(entry))) return Promise.resolve(files)
  const found = entries.map(async (entry, index) => {
    if (entry && isFolder(entry)) return filesOfFolder(entry)
    if (entry && isFile(entry)) return [await fileOf(entry)]
    return files.slice(index, index + 1)
  })
  return Promise.all(found).then((all) => all.flat())
}

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
