import { Component, type ReactNode } from 'react'
import { Button } from '../ui/Button.tsx'
import { Callout } from '../ui/Callout.tsx'
import { text } from './text.ts'

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
          title={text.partFailed(this.props.part)}
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
          {text.restWorks}
        </Callout>
      </div>
    )
  }
}
