/** The sign of Understudy: one figure and the outline that follows it. */
export function Mark({ className }: { readonly className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden className={className}>
      <circle cx="12" cy="16" r="9" className="fill-accent" />
      <circle cx="20" cy="16" r="8.25" className="fill-none stroke-ink" strokeWidth="1.75" />
    </svg>
  )
}
