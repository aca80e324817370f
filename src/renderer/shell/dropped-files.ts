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
 * The files that were dropped or pasted; a folder stands for the files right in it. What is asked of `data` is asked at
 * once, because it is empty after the event.
 */
export function filesFrom(data: Carried): Promise<readonly File[]> {
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
