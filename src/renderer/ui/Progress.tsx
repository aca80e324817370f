import { Progress as Radix } from 'radix-ui'

/** How far something is; without a fraction it only says that it moves. */
export function Progress({ label, fraction }: { readonly label: string; readonly fraction: number | null }) {
  const percent = fraction === null ? null : Math.round(Math.min(1, Math.max(0, fraction)) * 100)
  return (
    <Radix.Root
      value={percent}
      aria-label={label}
      className="forced-edge relative h-1 w-full overflow-hidden rounded-full bg-line"
    >
      {percent === null ? (
        <span className="animate-sweep forced-fill absolute inset-y-0 left-0 w-1/3 rounded-full bg-soft" />
      ) : (
        <Radix.Indicator
          className="forced-fill h-full rounded-full bg-soft transition-[width] duration-300"
          style={{ width: `${String(percent)}%` }}
        />
      )}
    </Radix.Root>
  )
}
