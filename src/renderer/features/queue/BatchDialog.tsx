import { useId, useState } from 'react'
import type { ShortFix } from '../../../shared/domain/take.ts'
import { formatSeconds } from '../../../shared/units.ts'
import { modelWords, orientationLabel, shortWords } from '../../lib/setting-words.ts'
import { SelectField } from '../../ui/SelectField.tsx'
import type { TooShort, Batch } from '../../state/queue.ts'
import { longestTemplate, nameFields, templateProblem } from '../../../shared/domain/batch.ts'
import { useApp } from '../../state/store.ts'
import { Callout } from '../../ui/Callout.tsx'
import { Modal } from '../../ui/Modal.tsx'
import { ModalActions } from '../../ui/ModalActions.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { text } from './text.ts'

type TooShortChoiceProps = {
  readonly tooShort: TooShort
  readonly value: ShortFix | null
  readonly onChange: (value: ShortFix | null) => void
}

/** What becomes of a part that is too short. Nothing is lengthened unless it is chosen. */
function TooShortChoice({ tooShort, value, onChange }: TooShortChoiceProps) {
  const { least, ways, certain } = tooShort
  const none = certain ? 'Choose how to lengthen it' : 'Skip it; the queue shows why'
  return (
    <SelectField<ShortFix | 'none'>
      label={
        certain
          ? `The part is shorter than ${formatSeconds(least)}`
          : `If a clip is shorter than ${formatSeconds(least)}`
      }
      value={value ?? 'none'}
      options={[
        { value: 'none', label: none },
        ...ways.map((way) => ({ value: way, label: `Lengthen: ${shortWords[way]}` })),
      ]}
      onChange={(chosen) => {
        onChange(chosen === 'none' ? null : chosen)
      }}
    />
  )
}

const some = (many: number, one: string) => (many === 1 ? `1 ${one}` : `${String(many)} ${one}s`)

function whatWords({ entries, dropped }: Batch): string {
  if (!dropped) return text.makesFit
  const { character, clip } = dropped
  const found = [
    ...(character.length > 0 ? [some(character.length, 'character')] : []),
    ...(clip.length > 0 ? [some(clip.length, 'clip')] : []),
  ].join(' and ')
  const make = character.length + clip.length === 1 ? 'makes' : 'make'
  const together =
    character.length > 1 && clip.length > 1
      ? ': each file is prepared separately'
      : ` ${make} ${some(entries.length, 'preparation')}`
  return `${found}${together}, one after another. Nothing is sent.`
}

/** How the dropped files, or those in the form, are prepared and named. */
export function BatchDialog({ batch }: { readonly batch: Batch }) {
  const settings = useApp((state) => state.takeSettings)
  const closeBatch = useApp((state) => state.closeBatch)
  const queueBatch = useApp((state) => state.queueBatch)
  const takeInputs = useApp((state) => state.takeInputs)
  const [name, setName] = useState(batch.template)
  const [short, setShort] = useState(settings.fit.short)
  const form = useId()
  const problem = templateProblem(name)
  const { dropped, tooShort, refused } = batch
  const ready = problem === null && refused === null && !(tooShort?.certain === true && short === null)
  return (
    <Modal
      title={dropped ? 'Several files dropped' : 'Prepare without generating'}
      description={whatWords(batch)}
      onClose={closeBatch}
      footer={
        <ModalActions
          out={dropped ? 'Use only the first files' : 'Cancel'}
          onOut={() => {
            closeBatch()
            if (dropped) void takeInputs([...dropped.character.slice(0, 1), ...dropped.clip.slice(0, 1)])
          }}
          action="Choose a folder…"
          disabled={!ready}
          act={form}
        />
      }
    >
      <form
        id={form}
        className="space-y-3"
        onSubmit={(event) => {
          event.preventDefault()
          if (ready) void queueBatch(name, short)
        }}
      >
        {refused !== null && (
          <Callout tone="bad" title={refused}>
            {text.refusedNotPrepared}
          </Callout>
        )}
        {tooShort && <TooShortChoice tooShort={tooShort} value={short} onChange={setShort} />}
        <TextField
          label="Folder name"
          value={name}
          maxLength={longestTemplate}
          initialFocus
          mono
          problem={problem ?? undefined}
          hint={`Text, and any of ${nameFields.map((field) => `{${field}}`).join(' ')}`}
          onChange={setName}
        />
        <p className="text-sm text-soft">
          {modelWords(settings)}, {orientationLabel(settings.orientation)}. All use the current settings.
        </p>
      </form>
    </Modal>
  )
}
