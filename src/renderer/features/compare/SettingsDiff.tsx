import type { ReactNode } from 'react'
import type { Take } from '../../../shared/domain/take.ts'
import { Cell, DataTable } from '../../ui/DataTable.tsx'
import { changedWords, type WordRun } from './changed-words.ts'
import { differingPrompts, differingSettings } from './setting-differences.ts'

const look: Readonly<Record<WordRun['kind'], (text: string) => ReactNode>> = {
  same: (text) => text,
  added: (text) => <ins className="rounded-sm bg-good-wash px-0.5 text-good no-underline">{text}</ins>,
  removed: (text) => <del className="text-bad">{text}</del>,
}

/** A prompt against that of the first take: words that were added, and words that are gone. */
function Prompt({ first, prompt }: { readonly first: string; readonly prompt: string }) {
  const runs = changedWords(first, prompt)
  if (runs.length === 0) return <span className="text-faint">Empty</span>
  return runs.map(({ kind, text }, index) => (
    // Runs have no name of their own, and are replaced together.
    <span key={index}>
      {index > 0 && ' '}
      {look[kind](text)}
    </span>
  ))
}

type SettingsDiffProps = {
  /** The compared takes, in their order. */
  readonly takes: readonly Pick<Take, 'id' | 'characterName' | 'settings'>[]
}

/** The settings in which the compared takes differ. */
export function SettingsDiff({ takes }: SettingsDiffProps) {
  const settings = differingSettings(takes)
  const prompts = differingPrompts(takes)
  if (settings.length + prompts.length === 0)
    return (
      <p className="border-b border-line bg-panel px-4 py-2 text-xs text-soft">
        These takes have the same settings.
      </p>
    )
  const columns = [{ name: 'Setting' }, ...takes.map((_, index) => ({ name: `Take ${String(index + 1)}` }))]
  return (
    <div className="max-h-48 overflow-y-auto border-b border-line bg-panel px-4 py-1.5">
      <DataTable caption="Settings that differ between the compared takes" columns={columns}>
        {settings.map(({ name, values }) => (
          <tr key={name}>
            <Cell soft short>
              {name}
            </Cell>
            {values.map((value, index) => (
              <Cell key={takes[index]?.id}>{value}</Cell>
            ))}
          </tr>
        ))}
        {prompts.map(({ name, values }) => (
          <tr key={name}>
            <Cell soft short>
              {name}
            </Cell>
            {values.map((value, index) => (
              <Cell key={takes[index]?.id}>
                <Prompt first={values[0] ?? ''} prompt={value} />
              </Cell>
            ))}
          </tr>
        ))}
      </DataTable>
    </div>
  )
}
