import { WandSparkles } from 'lucide-react'
import { useState } from 'react'
import { EmptyInput } from '../../features/inputs/InputFrame.tsx'
import { RecentPairs } from '../../features/inputs/Recents.tsx'
import { useApp } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { text } from '../text.ts'

function Sample() {
  const loadSample = useApp((state) => state.loadSample)
  const [loading, setLoading] = useState(false)
  return (
    <Button
      look="primary"
      size="large"
      disabled={loading}
      icon={loading ? <Spinner /> : <WandSparkles aria-hidden />}
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

/** The first thing a newcomer sees: two places, large, and one button. */
export function Welcome() {
  return (
    <div className="mx-auto flex min-h-0 w-full max-w-5xl flex-1 flex-col gap-4 overflow-y-auto p-4 [justify-content:safe_center] [@media(max-height:559px)]:gap-2 [@media(max-height:559px)]:p-2">
      <header className="text-center">
        <h1 className="text-xl font-semibold">{text.welcomeTitle}</h1>
        <p className="mt-1 text-base text-soft">{text.welcome}</p>
      </header>
      <div className="grid max-h-[26rem] min-h-44 flex-1 grid-cols-2 gap-4 max-[479px]:gap-2">
        <EmptyInput kind="character" />
        <EmptyInput kind="clip" />
      </div>
      <div className="flex shrink-0 flex-wrap items-center justify-center gap-x-4 gap-y-1">
        <Sample />
        <p className="text-sm text-faint">{text.sample}</p>
      </div>
      <RecentPairs />
    </div>
  )
}
