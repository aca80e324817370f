import { WandSparkles } from 'lucide-react'
import { useState } from 'react'
import { useApp } from '../state/store.ts'
import { Button } from '../ui/Button.tsx'
import { Callout } from '../ui/Callout.tsx'
import { Spinner } from '../ui/Spinner.tsx'
import { ClipPreview } from '../features/timeline/ClipPreview.tsx'
import { ElementField } from '../features/elements/ElementField.tsx'
import { PreviewButton } from '../features/prepared-files/PreviewDialog.tsx'
import type { ClipInspection } from '../state/intake.ts'
import { ActionBar } from '../features/generate/ActionBar.tsx'
import { CharacterInput, ClipInput, Remarks } from '../features/inputs/Inputs.tsx'
import { Findings } from '../features/findings/Findings.tsx'
import { FitPlan } from '../features/findings/FitPlan.tsx'
import { useShortcuts } from '../lib/use-shortcuts.ts'
import { RecentPairs } from '../features/inputs/Recents.tsx'
import { TakeForm, useReach } from '../features/take-form/TakeForm.tsx'
import { Timeline } from '../features/timeline/Timeline.tsx'
import { useLiveCheck } from '../features/generate/use-generate.ts'
import { text } from './text.ts'

const clipPreview = (clip: ClipInspection) => <ClipPreview key={clip.file.token} clip={clip} />

function Sample() {
  const loadSample = useApp((state) => state.loadSample)
  const [loading, setLoading] = useState(false)
  return (
    <Button
      look="primary"
      size="large"
      disabled={loading}
      icon={loading ? <Spinner /> : <WandSparkles />}
      onClick={() => {
        setLoading(true)
        void loadSample().finally(() => {
          setLoading(false)
        })
      }}
    >
      Try the sample
    </Button>
  )
}

/** The first thing a newcomer sees. */
function Welcome() {
  return (
    <div className="mx-auto flex min-h-full max-w-3xl flex-col justify-center gap-6 px-6 py-8">
      <header className="text-center">
        <h1 className="text-2xl font-semibold tracking-tight">Make your character perform</h1>
        <p className="mt-2 text-base text-balance text-soft">{text.welcome}</p>
      </header>
      <Remarks />
      <div className="grid gap-4 @min-[560px]:grid-cols-2">
        <CharacterInput />
        <ClipInput preview={clipPreview} />
      </div>
      <p className="-mt-2 text-center text-xs text-faint">{text.dropAnywhere}</p>
      <div className="mt-2 flex flex-col items-center gap-2.5">
        <Sample />
        <p className="text-xs text-faint">{text.sample}</p>
      </div>
      <RecentPairs />
    </div>
  )
}

function Workbench() {
  const clip = useApp((state) => state.clip)
  const checkProblem = useApp((state) => state.checked?.problem ?? null)
  return (
    <div className="grid gap-x-7 gap-y-5 p-5 @min-[820px]:grid-cols-[minmax(0,1fr)_19rem]">
      <h1 className="sr-only">The next take</h1>
      <div className="min-w-0 space-y-4">
        <Remarks />
        {checkProblem && (
          <Callout tone="bad" title={checkProblem.message}>
            {checkProblem.advice}
          </Callout>
        )}
        <div className="grid items-start gap-4 @min-[520px]:grid-cols-2">
          <CharacterInput />
          <ClipInput preview={clipPreview} />
        </div>
        {clip && <Timeline key={clip.file.token} clip={clip} />}
        {/* Below the timeline, which must not move under the pointer when findings come and go. */}
        <div className="grid items-start gap-4 @min-[520px]:grid-cols-2">
          <div className="min-w-0">
            <Findings target="character" />
          </div>
          <div className="min-w-0">
            <Findings target="clip" />
          </div>
        </div>
        <FitPlan action={<PreviewButton />} />
      </div>
      <TakeForm
        element={(model) => <ElementField model={model} />}
        findings={<Findings target="settings" />}
      />
    </div>
  )
}

/** From two files to a take that can be sent. */
export function PrepareView() {
  useReach()
  useLiveCheck()
  useShortcuts('history', { undo: useApp((state) => state.undo), redo: useApp((state) => state.redo) })
  const empty = useApp((state) => state.character === null && state.clip === null)
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="@container min-h-0 flex-1 overflow-y-auto">{empty ? <Welcome /> : <Workbench />}</div>
      <ActionBar />
    </div>
  )
}
