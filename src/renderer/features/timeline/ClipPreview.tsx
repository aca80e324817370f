import { Button } from '../../ui/Button.tsx'
import { Progress } from '../../ui/Progress.tsx'
import type { ClipInspection } from '../../state/intake.ts'
import { PreviewPlayer, previewSize } from './PreviewPlayer.tsx'
import { usePlayable, type PlayableClip } from '../../lib/playable.ts'
import { text } from './text.ts'

function CopyNote({ playable, makeCopy, cancel }: Omit<PlayableClip, 'failed'>) {
  if (playable.step === 'making')
    return (
      <>
        <div role="status" className="min-w-0 flex-1 space-y-1.5">
          <p>{text.makingCopy}</p>
          <Progress label="The copy" fraction={playable.fraction} />
        </div>
        <Button size="small" onClick={cancel}>
          Cancel
        </Button>
      </>
    )
  const problem = playable.step === 'stopped' ? playable.problem : null
  return (
    <>
      <p role="status" className="min-w-0 flex-1">
        {problem?.message ?? text.cannotPlay} {text.stillUsable}
      </p>
      <Button size="small" onClick={makeCopy}>
        Make a copy to play
      </Button>
    </>
  )
}

/** The clip in motion; where the window cannot play it, its first picture until there is a copy that it can. */
export function ClipPreview({ clip }: { readonly clip: ClipInspection }) {
  const { playable, failed, ...copying } = usePlayable(clip)
  if (playable.step === 'ready')
    return <PreviewPlayer key={playable.media} clip={clip} playable={playable} onUnplayable={failed} />
  return (
    <>
      <img
        src={clip.picture}
        alt={`The first frame of ${clip.file.name}`}
        className={previewSize}
        draggable={false}
      />
      <div className="absolute inset-x-0 top-0 flex items-center gap-3 bg-black/75 px-3 py-2 text-xs text-white/85">
        <CopyNote playable={playable} {...copying} />
      </div>
    </>
  )
}
