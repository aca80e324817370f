import { CopyButton } from '../../ui/CopyButton.tsx'

export type CommandsProps = {
  readonly commands: readonly string[]
  /** The character was changed as well. */
  readonly converted: boolean
}

/** What ffmpeg was told about the clip, word by word, and why nothing is there about the character. */
export function Commands({ commands, converted }: CommandsProps) {
  const inside = converted && (
    <p className="text-xs text-soft">
      The character is made to fit within Understudy itself, so there is no command for it to show.
    </p>
  )
  if (commands.length === 0) return inside
  return (
    <section aria-label="Commands">
      <div className="mb-1 flex items-center justify-between gap-3">
        <h3 className="text-sm font-medium">
          {commands.length === 1 ? 'The exact command' : `The ${String(commands.length)} exact commands`} for
          the clip
        </h3>
        <CopyButton text={commands.join('\n')} label="Copy the commands" />
      </div>
      <pre
        // A box that scrolls has to be reachable by keyboard.
        tabIndex={0}
        aria-label="The exact commands"
        data-selectable
        className="max-h-36 overflow-auto rounded-lg bg-sunken px-3 py-2 font-mono text-[0.75rem] leading-relaxed whitespace-pre-wrap text-soft wrap-anywhere"
      >
        {commands.join('\n\n')}
      </pre>
      {inside && <div className="mt-2">{inside}</div>}
    </section>
  )
}
