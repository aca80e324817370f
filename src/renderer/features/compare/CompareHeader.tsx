import { Download, FolderOpen, Keyboard, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { keysOf } from '../../lib/shortcuts.ts'
import { Button } from '../../ui/Button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { engineWords, takeFacts, videoFacts, type RunningEngine, type ShownTake } from './words.ts'

type CompareHeaderProps = {
  readonly shown: ShownTake
  readonly engine: RunningEngine
  readonly onSave: (() => void) | undefined
  readonly onReveal: (() => void) | undefined
  readonly onKeys: () => void
  readonly onClose: () => void
  /** The compared takes. */
  readonly children?: ReactNode
}

/** What is compared, in one line: the height is for the pictures. */
export function CompareHeader(props: CompareHeaderProps) {
  const { shown, engine, onSave, onReveal, onKeys, onClose, children } = props
  const { take, reference, result } = shown
  const words = [
    ...takeFacts(shown),
    `reference ${videoFacts(reference)}`,
    `result ${videoFacts(result)}`,
    engineWords(engine),
  ]
  // Frames that may be wrong come first: the end of the line may be cut.
  const facts = engine.kind === 'video' ? [engineWords(engine), ...words.slice(0, -1)] : words
  const title = `${take.characterName} performs ${take.clipName}`
  return (
    <header className="@container shrink-0 border-b border-line bg-panel">
      <div className="flex min-h-10 items-center gap-2 px-3 @max-[30rem]:flex-wrap @max-[30rem]:py-1">
        <h2
          className="min-w-0 shrink-[2] truncate @max-[30rem]:basis-full text-sm font-semibold"
          title={title}
        >
          {title}
        </h2>
        <p
          className={classNames(
            'tabular min-w-0 flex-1 truncate text-xs @max-[30rem]:hidden',
            engine.kind === 'video' ? 'text-warn' : 'text-faint',
          )}
          title={facts.join(' · ')}
        >
          {facts.join(' · ')}
        </p>
        {children}
        {onSave && (
          <Button look="primary" size="small" icon={<Download />} onClick={onSave}>
            Save result
          </Button>
        )}
        {onReveal && (
          <IconButton size="small" label="Show in folder" icon={<FolderOpen />} onClick={onReveal} />
        )}
        <IconButton size="small" label="Comparison shortcuts" icon={<Keyboard />} onClick={onKeys} />
        <IconButton
          size="small"
          label="Close the comparison"
          keys={keysOf('comparison', 'close')}
          icon={<X />}
          onClick={onClose}
        />
      </div>
    </header>
  )
}
