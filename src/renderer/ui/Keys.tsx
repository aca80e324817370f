/** A keyboard shortcut, drawn as keys. */
export function Keys({ keys }: { readonly keys: readonly string[] }) {
  return (
    <span className="inline-flex gap-1">
      {keys.map((key) => (
        <kbd
          key={key}
          className="inline-flex h-5 min-w-5 items-center justify-center rounded border border-line bg-sunken px-1.5 font-sans text-[0.75rem] text-soft"
        >
          {key}
        </kbd>
      ))}
    </span>
  )
}

type KeyTableProps = { readonly rows: readonly (readonly [does: string, keys: readonly string[]])[] }

/** What shortcuts do, each with its keys. */
export function KeyTable({ rows }: KeyTableProps) {
  return (
    <dl className="divide-y divide-line text-sm">
      {rows.map(([does, keys]) => (
        <div key={does} className="flex items-center justify-between gap-4 py-2">
          <dt className="text-soft">{does}</dt>
          <dd>
            <Keys keys={keys} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
