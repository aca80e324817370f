import { ImagePlus, RefreshCw, Video, X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { MediaKind } from '../../../shared/media.ts'
import { useApp } from '../../app/store.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { Findings } from './Findings.tsx'

const words = {
  character: {
    title: 'Character',
    hint: 'The image that will move: a person, a drawing, a figure.',
    choose: 'Choose an image',
    icon: ImagePlus,
  },
  clip: {
    title: 'Clip',
    hint: 'The video whose motion is performed.',
    choose: 'Choose a video',
    icon: Video,
  },
} as const

function EmptyInput({ kind }: { readonly kind: MediaKind }) {
  const chooseInput = useApp((state) => state.chooseInput)
  const { title, hint, choose, icon: Icon } = words[kind]
  return (
    <div className="flex min-h-56 flex-1 flex-col items-center justify-center gap-1 rounded-2xl border-2 border-dashed border-line bg-panel px-6 py-8 text-center transition-colors hover:border-edge">
      <Icon aria-hidden className="mb-3 size-9 text-accent" strokeWidth={1.25} />
      <h3 className="text-[0.9375rem] font-semibold">{title}</h3>
      <p className="max-w-60 text-[0.8125rem] text-soft">{hint}</p>
      <Button className="mt-4" onClick={() => void chooseInput(kind)}>
        {choose}
      </Button>
      <p className="mt-2 text-xs text-faint">or drop it anywhere in this window</p>
    </div>
  )
}

function Busy({ name, onCancel }: { readonly name: string; readonly onCancel: () => void }) {
  return (
    <div
      role="status"
      className="absolute inset-0 flex flex-col items-center justify-center gap-3 rounded-2xl bg-black/75 p-4 text-center text-white"
    >
      <Spinner className="size-6" />
      <p className="max-w-full truncate text-[0.8125rem]">Reading “{name}”…</p>
      <Button size="small" onClick={onCancel}>
        Cancel
      </Button>
    </div>
  )
}

export type InputFrameProps = {
  readonly kind: MediaKind
  /** What is shown once there is an input. */
  readonly input: {
    readonly name: string
    readonly facts: readonly string[]
    readonly picture: ReactNode
  } | null
}

/** One of the two inputs: an invitation while it is empty, then its picture, its facts and its findings. */
export function InputFrame({ kind, input }: InputFrameProps) {
  const reading = useApp((state) => state.reading[kind])
  const removeInput = useApp((state) => state.removeInput)
  const chooseInput = useApp((state) => state.chooseInput)
  const { title } = words[kind]
  const remove = () => {
    removeInput(kind)
  }

  if (!input)
    return (
      <section aria-label={title} className="relative flex min-w-0 flex-col">
        <EmptyInput kind={kind} />
        {reading && <Busy name={reading.name} onCancel={remove} />}
      </section>
    )
  return (
    <section aria-label={title} className="min-w-0 space-y-2.5">
      <div className="relative overflow-hidden rounded-2xl bg-stage">
        {input.picture}
        {reading && <Busy name={reading.name} onCancel={remove} />}
      </div>
      <div className="flex items-start gap-1">
        <div className="min-w-0 flex-1" data-selectable>
          <h3 className="flex items-baseline gap-2 text-[0.8125rem]">
            <span className="text-faint">{title}</span>
            <span className="truncate font-medium">{input.name}</span>
          </h3>
          <p className="tabular mt-0.5 text-xs text-faint">{input.facts.join(' · ')}</p>
        </div>
        <IconButton
          size="small"
          label={`Replace the ${kind}`}
          icon={<RefreshCw />}
          onClick={() => void chooseInput(kind)}
        />
        <IconButton size="small" label={`Remove the ${kind}`} icon={<X />} onClick={remove} />
      </div>
      <Findings target={kind} />
    </section>
  )
}
