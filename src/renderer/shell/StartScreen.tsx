import type { Problem } from '../../shared/outcome.ts'
import { Button } from '../ui/Button.tsx'
import { Spinner } from '../ui/Spinner.tsx'
import { Mark } from './Mark.tsx'
import { useApp } from '../state/store.ts'

/** What is seen until the core has answered for the first time. */
export function StartScreen({ problem }: { readonly problem: Problem | null }) {
  const readCore = useApp((state) => state.readCore)
  return (
    <main className="flex h-full flex-col items-center justify-center gap-4 p-8 text-center">
      <Mark className="size-12" />
      {problem ? (
        <div role="alert" className="max-w-md space-y-3">
          <h1 className="text-lg font-semibold">{problem.message}</h1>
          {problem.advice && <p className="text-sm text-soft">{problem.advice}</p>}
          <Button onClick={() => void readCore()}>Try again</Button>
        </div>
      ) : (
        <p role="status" className="flex items-center gap-2 text-sm text-soft">
          <Spinner />
          Opening the studio…
        </p>
      )}
    </main>
  )
}
