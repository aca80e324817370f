import { useState } from 'react'
import type { Problem } from '../../../shared/outcome.ts'
import { formatBytes } from '../../../shared/units.ts'
import { desktop } from '../../lib/desktop.ts'
import type { MovePlan } from '../../state/library-move.ts'
import { useApp } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { Confirm } from '../../ui/Confirm.tsx'
import { ProblemCallout } from '../../ui/ProblemCallout.tsx'
import { SettingRow } from './SettingRow.tsx'
import { text } from './text.ts'

/** Where the library is, and the way to another folder. */
export function LibraryFolder() {
  const library = useApp((state) => state.about?.library)
  const native = useApp((state) => state.about?.nativeDialogs)
  const askForFolder = useApp((state) => state.askForFolder)
  const moveLibrary = useApp((state) => state.moveLibrary)
  const [plan, setPlan] = useState<MovePlan | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)

  async function choose(folder: string | null) {
    const answer = await desktop().ask['library:plan-move']({ folder })
    if (!answer.ok) return answer.problem
    setPlan(answer.value)
    return null
  }
  async function ask() {
    setProblem(null)
    if (native === true) setProblem(await choose(null))
    else askForFolder(text.chooseLibrary, choose, text.chooseLibraryMore)
  }
  async function reveal() {
    const answer = await desktop().ask['library:reveal']({})
    setProblem(answer.ok ? null : answer.problem)
  }
  return (
    <div className="[&>*:first-child]:pt-0">
      <SettingRow label="Library folder" value={library} hint={text.library}>
        <div className="flex gap-2">
          <Button size="small" look="quiet" onClick={() => void reveal()}>
            Show in folder
          </Button>
          <Button size="small" onClick={() => void ask()}>
            Move…
          </Button>
        </div>
      </SettingRow>
      <ProblemCallout problem={problem} className="mb-3" />
      {plan && (
        <Confirm
          title="Move the library?"
          confirm={`Move ${formatBytes(plan.bytes)}`}
          onCancel={() => {
            setPlan(null)
          }}
          onConfirm={() => {
            setPlan(null)
            void moveLibrary(plan)
          }}
        >
          <p className="wrap-anywhere text-ink" data-selectable>
            {plan.to}
          </p>
          <p>{text.whatMoving}</p>
          <p className="wrap-anywhere">{text.oldStays(library ?? 'the old folder')}</p>
        </Confirm>
      )}
    </div>
  )
}
