import { Component, type ReactNode } from 'react'
import { Button } from '../ui/Button.tsx'
import { Callout } from '../ui/Callout.tsx'

type Props = {
  /** Which part of the window this is, for the sentence. */
  readonly part: string
  readonly children: ReactNode
}
type State = { readonly failed: boolean }

/** Keeps a broken part of the window from taking the rest with it. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failed: false }

  static getDerivedStateFromError(): State {
    return { failed: true }
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children
    return (
      <div className="flex h-full items-center justify-center p-6">
        <Callout
          tone="bad"
          title={`${this.props.part} ran into an error.`}
          className="max-w-md"
          action={
            <Button
              size="small"
              onClick={() => {
                this.setState({ failed: false })
              }}
            >
              Show it again
            </Button>
          }
        >
          The rest of the window still works, and your takes continue. If it happens again, restart
          Understudy.
        </Callout>
      </div>
    )
  }
}
