import { useEffect, useState } from 'react'
import type { FolderView } from '../../../shared/domain/views.ts'
import type { Problem } from '../../../shared/outcome.ts'
import { desktop } from '../../lib/desktop.ts'

export type FolderState = {
  readonly view: FolderView | null
  readonly problem: Problem | null
  readonly loading: boolean
  /** Goes to a folder; null is the list of places to start from. */
  readonly go: (folder: string | null) => void
}

let lastFolder: string | null = null

/** One folder at a time, beginning where the user was last. */
export function useFolder(): FolderState {
  const [wanted, setWanted] = useState<string | null>(lastFolder)
  const [answer, setAnswer] = useState<{
    readonly folder: string | null
    readonly view: FolderView | null
    readonly problem: Problem | null
  } | null>(null)

  useEffect(() => {
    let gone = false
    void desktop()
      .ask['folder:list']({ folder: wanted })
      .then((listed) => {
        if (gone) return
        if (listed.ok) lastFolder = wanted
        setAnswer((before) =>
          listed.ok
            ? { folder: wanted, view: listed.value, problem: null }
            : { folder: wanted, view: before?.view ?? null, problem: listed.problem },
        )
      })
    return () => {
      gone = true
    }
  }, [wanted])

  return {
    view: answer?.view ?? null,
    problem: answer?.problem ?? null,
    loading: answer?.folder !== wanted,
    go: setWanted,
  }
}
