import { Callout } from './Callout.tsx'
import { Confirm } from './Confirm.tsx'

export type PassLimitProps = {
  /** What the limits say, each a whole sentence. */
  readonly guards: readonly string[]
  /** What is done after the yes, for example "generate for about 0.70 USD". */
  readonly what: string
  readonly onYes: () => void
  readonly onNo: () => void
}

/** A yes of its own to passing a limit that the user set, asked after the one to the cost. */
export function PassLimit({ guards, what, onYes, onNo }: PassLimitProps) {
  return (
    <Confirm
      title="Exceed your own limit?"
      confirm={`Exceed my limit and ${what}`}
      cancel="Stay within my limit"
      danger
      onConfirm={onYes}
      onCancel={onNo}
    >
      <Callout tone="warn" title="This exceeds a limit you set.">
        {guards.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </Callout>
    </Confirm>
  )
}
