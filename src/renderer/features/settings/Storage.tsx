import { clearableParts, type Stored } from '../../../shared/domain/stored.ts'
import { formatBytes } from '../../../shared/units.ts'
import { useCall } from '../../lib/use-call.ts'
import { useApp } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { ProblemCallout } from '../../ui/ProblemCallout.tsx'
import { SelectField } from '../../ui/SelectField.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { SettingList, SettingRow } from './SettingRow.tsx'
import { storedNames, text } from './text.ts'

const files = (count: number) => (count === 1 ? '1 file' : `${String(count)} files`)

type PartProps = { readonly stored: Stored; readonly clearing: boolean; readonly onClear: () => void }

function Part({ stored: { part, bytes, files: count }, clearing, onClear }: PartProps) {
  const { name, what } = storedNames[part]
  return (
    <SettingRow label={name} hint={what}>
      <div className="flex items-center gap-4">
        <span className="tabular text-right text-sm">
          {formatBytes(bytes)}
          <span className="block text-xs text-faint">{files(count)}</span>
        </span>
        {clearableParts.has(part) && (
          <Button size="small" disabled={clearing} aria-label={`Clear ${name}`} onClick={onClear}>
            Clear
          </Button>
        )}
      </div>
    </SettingRow>
  )
}

const afterDays = (days: number) => (days === 1 ? 'After a day' : `After ${String(days)} days`)

/** When trashed takes go to the bin of the system, and the way to them. */
function TrashSettings({ onLeave }: { readonly onLeave: () => void }) {
  const days = useApp((state) => state.settings.trashDays)
  const changeSettings = useApp((state) => state.changeSettings)
  const openTrash = useApp((state) => state.openTrash)
  const usual = [7, 30, 90]
  // Another number may have been set on the command line.
  const choices = days === null || usual.includes(days) ? usual : [...usual, days].toSorted((a, b) => a - b)
  return (
    <SettingRow label="Empty the trash" hint={text.emptyTrash}>
      <div className="flex items-center gap-3">
        <SelectField
          label="Empty the trash"
          labelHidden
          value={String(days ?? 0)}
          options={[
            { value: '0', label: 'Never' },
            ...choices.map((count) => ({ value: String(count), label: afterDays(count) })),
          ]}
          onChange={(value) => void changeSettings({ trashDays: value === '0' ? null : Number(value) })}
        />
        <Button
          size="small"
          onClick={() => {
            onLeave()
            void openTrash()
          }}
        >
          Show the trash…
        </Button>
      </div>
    </SettingRow>
  )
}

/** What is on the disk, and what of it can go. */
export function Storage({ onLeave }: { readonly onLeave: () => void }) {
  const reading = useCall('storage:read', {})
  const clearing = useCall('storage:clear')
  const stored = clearing.answer ?? reading.answer
  const total = (stored ?? []).reduce((sum, { bytes }) => sum + bytes, 0)
  return (
    <SettingList title="Storage">
      {stored?.map((one) => (
        <Part
          key={one.part}
          stored={one}
          clearing={clearing.pending}
          onClear={() => void clearing.run({ part: one.part })}
        />
      ))}
      <ProblemCallout problem={reading.problem ?? clearing.problem} />
      {stored === null ? (
        <p role="status" className="flex items-center gap-2 py-3 text-sm text-soft">
          <Spinner />
          Measuring…
        </p>
      ) : (
        <p className="tabular py-3 text-sm">
          {stored.length === 0 ? text.nothingStored : `Together: ${formatBytes(total)}`}
        </p>
      )}
      <TrashSettings onLeave={onLeave} />
    </SettingList>
  )
}
