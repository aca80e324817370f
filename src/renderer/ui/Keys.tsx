/** A keyboard shortcut, drawn as keys. */
export function Keys({ keys }: { readonly keys: readonly string[] }) {
  return (
    <span className="inline-flex gap-1">
      {keys.map((key, nth) => (
        <kbd
          // One key may be in two chords of a line.
          key={`${key} ${String(nth)}`}
          className="inline-flex h-5 min-w-5 items-center justify-center rounded border border-line bg-sunken px-1.5 font-sans text-xs text-soft"
        >
          {key}
        </kbd>
      ))}
    </span>
  )
}
