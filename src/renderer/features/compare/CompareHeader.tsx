import { Download, FolderOpen, Keyboard, X } from 'lucide-react'
import { keysOf } from '../../lib/shortcuts.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { engineWords, takeFacts, videoFacts, type RunningEngine, type ShownTake } from './words.ts'

/** A line breaks between facts, never within one. */
const keepTogether = (fact: string) => fact.replaceAll(' ', '\u00a0')

type CompareHeaderProps = {
  readonly shown: ShownTake
  readonly engine: RunningEngine
  readonly onSave: (() => void) | undefined
  readonly onReveal: (() => void) | undefined
  readonly onKeys: () => void
  readonly onClose: () => void
}

export function CompareHeader({ shown, engine, onSave, onReveal, onKeys, onClose }: CompareHeaderProps) {
  const { take, reference, result } = shown
  const facts = [
    ...takeFacts(shown),
    `reference ${videoFacts(reference)}`,
    `result ${videoFacts(result)}`,
    engineWords(engine),
  ]
  return (
    <header className="flex items-center gap-2 border-b border-line bg-panel px-4 py-2.5">
      <div className="min-w-0 flex-1">
        <h2 className="truncate text-sm font-semibold">
          {take.characterName} performs {take.clipName}
        </h2>
        <p className="tabular text-xs text-faint">{facts.map(keepTogether).join('\u00a0· ')}</p>
      </div>
      {onSave && (
        <Button look="primary" icon={<Download />} onClick={onSave}>
          Save result
        </Button>
      )}
      {onReveal && (
        <Button icon={<FolderOpen />} onClick={onReveal}>
          Show in folder
        </Button>
      )}
      <IconButton label="Comparison shortcuts" icon={<Keyboard />} onClick={onKeys} />
      <IconButton
        label="Close the comparison"
        keys={keysOf('comparison', 'close')}
        icon={<X />}
        onClick={onClose}
      />
    </header>
  )
}
