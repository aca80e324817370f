import { ImagePlus, RefreshCw, Video, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { flushSync } from 'react-dom'
import type { MediaKind } from '../../../shared/domain/media.ts'
import { useApp } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import type { Reading } from '../../state/inputs.ts'
import { RecentMenu } from './Recents.tsx'

const words = {
  character: {
    title: 'Character',
    hint: 'The image to animate',
    choose: 'Choose an image',
    icon: ImagePlus,
  },
  clip: {
    title: 'Clip',
    hint: 'The motion to copy',
    choose: 'Choose a video',
    icon: Video,
  },
} as const

/** Takes the input out; the focus goes to where another one is chosen, for the button that was pressed is gone. */
function useRemove(kind: MediaKind): () => void {
  const removeInput = useApp((state) => state.removeInput)
  return () => {
    flushSync(() => {
      removeInput(kind)
    })
    document.querySelector<HTMLElement>(`[data-choose="${kind}"]`)?.focus()
  }
}

function EmptyInput({ kind }: { readonly kind: MediaKind }) {
  const chooseInput = useApp((state) => state.chooseInput)
  const { title, hint, choose, icon: Icon } = words[kind]
  return (
    <div className="flex min-h-64 flex-1 flex-col items-center justify-center gap-1 rounded-2xl border-2 border-dashed border-edge/45 bg-panel px-6 py-8 text-center transition-colors hover:border-edge">
      <Icon aria-hidden className="mb-3 size-9 text-accent" strokeWidth={1.25} />
      <h2 className="text-base font-semibold">{title}</h2>
      <p className="max-w-60 text-sm text-soft">{hint}</p>
      <Button className="mt-4" data-choose={kind} onClick={() => void chooseInput(kind)}>
        {choose}
      </Button>
    </div>
  )
}

type ReadingProps = { readonly kind: MediaKind; readonly reading: Reading; readonly className: string }

function ReadingFile({ kind, reading, className }: ReadingProps) {
  const remove = useRemove(kind)
  return (
    <div
      role="status"
      className={classNames(
        'flex flex-col items-center justify-center gap-3 rounded-2xl p-4 text-center',
        className,
      )}
    >
      <Spinner className="size-6" />
      <p className="max-w-full truncate text-sm">Reading “{reading.name}”…</p>
      <Button size="small" onClick={remove}>
        Cancel
      </Button>
    </div>
  )
}

/** A number and its unit stay on one line. */
const keepTogether = (fact: string) => fact.replaceAll(' ', '\u00a0')

export type InputFrameProps = {
  readonly kind: MediaKind
  /** What is shown once there is an input. */
  readonly input: {
    readonly name: string
    readonly facts: readonly string[]
    readonly picture: ReactNode
    /** What can be done about the picture itself. */
    readonly tools?: ReactNode
  } | null
}

/** One of the two inputs: an invitation while it is empty, then its picture, its facts and its findings. */
export function InputFrame({ kind, input }: InputFrameProps) {
  const reading = useApp((state) => state.reading[kind])
  const remove = useRemove(kind)
  const chooseInput = useApp((state) => state.chooseInput)
  const { title } = words[kind]

  if (!input)
    return (
      <section aria-label={title} className="flex min-w-0 flex-col">
        {reading ? (
          <ReadingFile kind={kind} reading={reading} className="min-h-64 flex-1 bg-panel text-soft" />
        ) : (
          <EmptyInput kind={kind} />
        )}
      </section>
    )
  return (
    <section aria-label={title} className="min-w-0 space-y-2.5">
      <div className="relative overflow-hidden rounded-2xl bg-stage">
        {input.picture}
        {reading && (
          <ReadingFile kind={kind} reading={reading} className="absolute inset-0 bg-black/75 text-white" />
        )}
      </div>
      {input.tools}
      <div className="flex items-start gap-1">
        <div className="min-w-0 flex-1" data-selectable>
          <h2 className="flex items-baseline gap-2 text-sm">
            <span className="text-faint">{title}</span>
            <span className="truncate font-medium">{input.name}</span>
          </h2>
          <p className="tabular mt-0.5 text-xs text-faint">
            {input.facts.map(keepTogether).join('\u00a0· ')}
          </p>
        </div>
        <RecentMenu />
        <IconButton
          size="small"
          label={`Replace the ${kind}`}
          data-choose={kind}
          icon={<RefreshCw />}
          onClick={() => void chooseInput(kind)}
        />
        <IconButton size="small" label={`Remove the ${kind}`} icon={<X />} onClick={remove} />
      </div>
    </section>
  )
}
