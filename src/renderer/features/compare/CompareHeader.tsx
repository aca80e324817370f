import { Download, FolderOpen, Keyboard, X } from 'lucide-react'
import type { Comparison } from '../../../shared/domain/views.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { takeFacts, videoFacts } from './words.ts'

/** A line breaks between facts, never within one. */
const keepTogether = (fact: string) => fact.replaceAll(' ', '\u00a0')

export type CompareHeaderProps = {
  readonly comparison: Comparison
  readonly onSave: (() => void) | undefined
  readonly onReveal: (() => void) | undefined
  readonly onKeys: () => void
  readonly onClose: () => void
}

export function CompareHeader({ comparison, onSave, onReveal, onKeys, onClose }: CompareHeaderProps) {
  const { take, reference, result } = comparison
  const facts = [
    ...takeFacts(comparison),
    `reference ${videoFacts(reference)}`,
    `result ${videoFacts(result)}`,
  ]
  return (
    <header className="flex items-center gap-2 border-b border-line bg-panel px-4 py-2.5">
      <div className="min-w-0 flex-1">
        <h2 className="truncate text-sm font-semibold">
          {take.characterName} performs {take.clipName}
        </h2>
        <p className="tabular text-xs text-faint">{facts.map(keepTogether).join(' · ')}</p>
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
      <IconButton label="Keys of the comparison" icon={<Keyboard />} onClick={onKeys} />
      <IconButton label="Close the comparison" keys={['Esc']} icon={<X />} onClick={onClose} />
    </header>
  )
}
