import type { Take } from '../../../shared/domain/take.ts'
import { questionOf } from '../../../shared/text/outcome-question.ts'
import { useNow } from '../../lib/use-now.ts'
import { Button } from '../../ui/Button.tsx'
import { formatMoment } from './moments.ts'
import { useTakeProvider } from './use-take-provider.ts'

type TakeQuestionProps = {
  readonly take: Take
  /** One of the tasks that could be this take was pointed at. */
  readonly onPick: (task: string) => void
}

/** What the user needs to know to answer: what happened and when, the money, what is known, and what goes on meanwhile. */
export function TakeQuestion({ take, onPick }: TakeQuestionProps) {
  const { provider, model } = useTakeProvider(take)
  const now = useNow()
  const at = provider?.name ?? 'the provider'
  const question = questionOf(take, {
    now,
    format: (moment) => formatMoment(moment, now),
    at,
    model,
  })
  return (
    <div
      data-selectable
      className="forced-edge mt-2 space-y-1.5 rounded-lg bg-warn-wash px-3 py-2.5 text-xs text-soft"
    >
      {take.problem && <p className="font-medium text-ink">{take.problem.message}</p>}
      <p>{question.happened}</p>
      <p className="text-ink">{question.money}</p>
      {question.candidates.length > 0 && (
        <div>
          <p>Tasks that could be this take:</p>
          <ul className="mt-1 space-y-1">
            {question.candidates.map((task) => (
              <li key={task} className="flex items-center gap-2">
                <span className="min-w-0 flex-1 truncate font-mono">{task}</span>
                <Button
                  size="small"
                  aria-label={`It is ${task}…`}
                  onClick={() => {
                    onPick(task)
                  }}
                >
                  It is this one…
                </Button>
              </li>
            ))}
          </ul>
        </div>
      )}
      <p>{question.lookFor}</p>
      <p>{question.meanwhile}</p>
    </div>
  )
}
