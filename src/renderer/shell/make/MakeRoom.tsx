import { CostQuestion } from '../../features/generate/CostQuestion.tsx'
import { useGenerate, useLiveCheck } from '../../features/generate/use-generate.ts'
import { Reel } from '../../features/takes/posters/Reel.tsx'
import { useReach } from '../../features/take-form/TakeForm.tsx'
import { Timeline } from '../../features/timeline/Timeline.tsx'
import { useRoominess } from '../../lib/use-media.ts'
import { useShortcuts } from '../../lib/use-shortcuts.ts'
import { useApp } from '../../state/store.ts'
import { Desk } from './Desk.tsx'
import { MakeBar } from './MakeBar.tsx'
import { Stage } from './Stage.tsx'

/** From two files to a take, and to its result: the stage, the trim below it, the reel, and the desk. */
export function MakeRoom() {
  useReach()
  useLiveCheck()
  useShortcuts('history', { undo: useApp((state) => state.undo), redo: useApp((state) => state.redo) })
  const control = useGenerate()
  useShortcuts('generate', { generate: control.press })
  const clip = useApp((state) => (state.stageTakeId === null ? state.clip : null))
  const { isNarrow, isLow, isTiny } = useRoominess()
  return (
    <div className="flex h-full min-h-0">
      <div className="flex min-w-0 flex-1 flex-col">
        <Stage />
        {clip && <Timeline key={clip.file.token} clip={clip} low={isTiny} />}
        <Reel thin={isLow} />
        {isNarrow && <MakeBar control={control} />}
      </div>
      {!isNarrow && <Desk control={control} />}
      {control.asking && (
        <CostQuestion asking={control.asking} onYes={control.confirm} onNo={control.decline} />
      )}
    </div>
  )
}
