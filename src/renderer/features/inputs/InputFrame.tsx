import { ImagePlus, RefreshCw, Video, X } from 'lucide-react'
import type { CSSProperties, ReactNode } from 'react'
import { flushSync } from 'react-dom'
import type { MediaKind } from '../../../shared/domain/media.ts'
import { useApp } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Pane } from '../../ui/Pane.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import type { Reading } from '../../state/inputs.ts'
import { RecentMenu } from './Recents.tsx'

const words = {
  character: {
    title: 'Character',
    label: 'Character',
    hint: 'The picture to animate',
    choose: 'Choose an image',
    icon: ImagePlus,
  },
  clip: {
    title: 'Reference',
    label: 'Clip',
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

/** A place that waits for a file: one line, and a button. */
export function EmptyInput({ kind, style }: { readonly kind: MediaKind; readonly style?: CSSProperties }) {
  const reading = useApp((state) => state.reading[kind])
  const chooseInput = useApp((state) => state.chooseInput)
  const { title, label, hint, choose, icon: Icon } = words[kind]
  return (
    <section
      aria-label={label}
      style={style}
      className={classNames('min-h-0 min-w-0', style && 'absolute pt-[30px]')}
    >
      {reading ? (
        <ReadingFile kind={kind} reading={reading} className="h-full min-h-40 bg-panel text-soft" />
      ) : (
        <div className="flex h-full min-h-40 flex-col items-center justify-center gap-1 overflow-hidden rounded-xl border-2 border-dashed border-edge/60 px-2 py-3 text-center transition-colors hover:border-edge">
          <Icon aria-hidden className="mb-1 size-7 text-faint" strokeWidth={1.25} />
          <h2 className="text-base font-semibold">{title}</h2>
          <p className="text-sm text-soft">{hint}</p>
          <Button className="mt-2" data-choose={kind} onClick={() => void chooseInput(kind)}>
            {choose}
          </Button>
        </div>
      )}
    </section>
  )
}

type ReadingProps = { readonly kind: MediaKind; readonly reading: Reading; readonly className: string }

function ReadingFile({ kind, reading, className }: ReadingProps) {
  const remove = useRemove(kind)
  return (
    <div
      role="status"
      className={classNames(
        'flex flex-col items-center justify-center gap-3 rounded-xl p-4 text-center',
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

export type InputFrameProps = {
  readonly kind: MediaKind
  readonly name: string
  readonly facts: readonly string[]
  /** What can be done about the picture itself. */
  readonly tools?: ReactNode
  readonly style?: CSSProperties
  readonly children: ReactNode
}

/** One of the two inputs on the stage: its picture, its name, and what can be done about it. */
export function InputFrame({ kind, name, facts, tools, style, children }: InputFrameProps) {
  const reading = useApp((state) => state.reading[kind])
  const remove = useRemove(kind)
  const chooseInput = useApp((state) => state.chooseInput)
  const { title, label } = words[kind]
  return (
    <Pane
      label={label}
      title={title}
      name={name}
      facts={facts.join(' · ')}
      style={style}
      tools={
        <>
          {tools}
          <RecentMenu />
          <IconButton
            size="small"
            label={`Replace the ${kind}`}
            data-choose={kind}
            icon={<RefreshCw />}
            onClick={() => void chooseInput(kind)}
          />
          <IconButton size="small" label={`Remove the ${kind}`} icon={<X />} onClick={remove} />
        </>
      }
    >
      {children}
      {reading && (
        <ReadingFile kind={kind} reading={reading} className="absolute inset-0 bg-black/75 text-white" />
      )}
    </Pane>
  )
}
