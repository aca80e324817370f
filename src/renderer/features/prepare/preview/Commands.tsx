import { CopyButton } from '../../../ui/CopyButton.tsx'

/** What ffmpeg was told, word by word. */
export function Commands({ commands }: { readonly commands: readonly string[] }) {
  if (commands.length === 0) return null
  return (
    <section aria-label="Commands">
      <div className="mb-1 flex items-center justify-between gap-3">
        <h3 className="text-sm font-medium">
          {commands.length === 1 ? 'The exact command' : `The ${String(commands.length)} exact commands`}
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
    </section>
  )
}
