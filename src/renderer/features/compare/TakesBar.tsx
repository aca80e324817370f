import { ArrowLeftRight, Plus, Volume2, X } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { dateFormat } from '../../lib/language.ts'
import type { Take } from '../../../shared/domain/take.ts'
import { modelWords } from '../../lib/setting-words.ts'
import { Button } from '../../ui/Button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { IconButton } from '../../ui/IconButton.tsx'

type NamedTake = Pick<Take, 'id' | 'characterName' | 'createdAt' | 'settings'>

/** As many results as a comparison shows. */
const most = 4

const made = dateFormat({ dateStyle: 'short', timeStyle: 'short' })
const madeAt = ({ createdAt }: NamedTake) => made.format(new Date(createdAt))

type TakesBarProps = {
  /** The compared takes, in their order. */
  readonly takes: readonly NamedTake[]
  readonly chosen: string
  /** The take whose sound is heard; null for the reference or none. */
  readonly heard: string | null
  /** Other finished takes of the same clip. */
  readonly candidates: readonly NamedTake[]
  /** As printed, for the tooltips. */
  readonly flipKeys?: readonly string[]
  readonly onChoose: (take: string) => void
  /** To the take chosen before this one, and back. */
  readonly onFlip: () => void
  readonly onAdd: (take: string) => void
  readonly onRemove: (take: string) => void
}

type ChipProps = Pick<TakesBarProps, 'onChoose'> & {
  readonly take: NamedTake
  readonly number: number
  readonly isChosen: boolean
  readonly isHeard: boolean
  /** Not for the only take. */
  readonly onRemove: ((take: string) => void) | undefined
}

function Chip({ take, number, isChosen, isHeard, onChoose, onRemove }: ChipProps) {
  const name = `Take ${String(number)}: ${take.characterName}`
  return (
    <li
      className={classNames(
        'flex h-7 min-w-0 items-center rounded-md border',
        isChosen
          ? 'forced-edge border-accent bg-accent-wash forced-colors:outline-2'
          : 'border-line bg-raised',
      )}
    >
      <button
        type="button"
        aria-label={`${name}${isHeard ? ', heard' : ''}`}
        aria-pressed={isChosen}
        title={`${modelWords(take.settings)}, ${madeAt(take)}`}
        className="flex h-full min-w-0 items-center gap-1.5 rounded-md px-2 text-xs hover:bg-hover"
        onClick={() => {
          onChoose(take.id)
        }}
      >
        <span className={classNames('tabular font-semibold', isChosen ? 'text-accent' : 'text-soft')}>
          {number}
        </span>
        <span className="max-w-24 truncate text-ink @max-[56rem]:hidden">{take.characterName}</span>
        {isHeard && <Volume2 aria-hidden className="size-3.5 shrink-0 text-soft" />}
      </button>
      {onRemove && (
        <button
          type="button"
          aria-label={`Remove take ${String(number)} from the comparison`}
          title="Remove from the comparison"
          className="flex h-full items-center rounded-md px-1 text-faint hover:bg-hover hover:text-ink"
          onClick={() => {
            onRemove(take.id)
          }}
        >
          <X aria-hidden className="size-3.5" />
        </button>
      )}
    </li>
  )
}

function AddMenu({ candidates, onAdd }: Pick<TakesBarProps, 'candidates' | 'onAdd'>) {
  return (
    // Not modal: locking the page would write a style element into it, which the content security policy forbids.
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button size="small" look="quiet" icon={<Plus aria-hidden />}>
          Add take
        </Button>
      </DropdownMenu.Trigger>
      {/* Inside the main landmark: what is next to it belongs to no part of the page. */}
      <DropdownMenu.Portal container={document.querySelector('main')}>
        <DropdownMenu.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className="animate-appear z-50 max-h-80 max-w-md min-w-56 overflow-y-auto rounded-lg border border-line bg-raised p-1 text-ink shadow-float"
        >
          {candidates.map((take) => (
            <DropdownMenu.Item
              key={take.id}
              className="flex items-baseline gap-3 rounded-md px-2.5 py-1.5 text-sm outline-none data-[highlighted]:bg-hover"
              onSelect={() => {
                onAdd(take.id)
              }}
            >
              <span className="min-w-0 flex-1 truncate">{take.characterName}</span>
              <span className="text-xs whitespace-nowrap text-faint">
                {modelWords(take.settings)} · {madeAt(take)}
              </span>
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

/** The compared takes: which one is looked at, which is heard, and which others there are. */
export function TakesBar(props: TakesBarProps) {
  const { takes, chosen, heard, candidates, flipKeys, onChoose, onFlip, onAdd, onRemove } = props
  const isFull = takes.length >= most
  const isAlone = takes.length === 1
  return (
    <div
      role="group"
      aria-label="Compared takes"
      className="flex min-w-0 shrink items-center gap-1"
      onMouseDown={(event) => {
        // A click does not take the focus, so that the keys keep moving the videos and not the clicked control.
        event.preventDefault()
      }}
    >
      <ul className="flex min-w-0 items-center gap-1">
        {takes.map((take, index) => (
          <Chip
            key={take.id}
            take={take}
            number={index + 1}
            isChosen={take.id === chosen}
            isHeard={take.id === heard}
            onChoose={onChoose}
            onRemove={isAlone ? undefined : onRemove}
          />
        ))}
      </ul>
      {!isAlone && (
        <IconButton
          size="small"
          label="Between the last two takes"
          icon={<ArrowLeftRight />}
          {...(flipKeys && { keys: flipKeys })}
          onClick={onFlip}
        />
      )}
      {!isFull && candidates.length > 0 && <AddMenu candidates={candidates} onAdd={onAdd} />}
    </div>
  )
}
