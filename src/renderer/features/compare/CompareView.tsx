export type CompareViewProps = {
  readonly takeId: string
  readonly onClose: () => void
  /** Starts the app's own save flow; without it the button is not shown. */
  readonly onSave?: (takeId: string) => void
  readonly onReveal?: (takeId: string) => void
}

/** Reference and result of one take, side by side on one transport. */
export function CompareView({ takeId, onClose }: CompareViewProps) {
  return (
    <section aria-label="Comparison" data-take={takeId}>
      <button type="button" onClick={onClose}>
        Close
      </button>
    </section>
  )
}
