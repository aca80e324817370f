import type { PreparedView } from '../../../shared/domain/views.ts'
import { formatBytes } from '../../../shared/units.ts'
import { characterFactsLine } from '../../lib/facts-line.ts'
import type { CharacterInspection } from '../../state/intake.ts'
import { Pane, paneSize } from './Pane.tsx'

export function CharacterComparison({
  before,
  after: { picture, facts },
}: {
  readonly before: CharacterInspection
  readonly after: NonNullable<PreparedView['character']>
}) {
  return (
    <section aria-label="The character, before and after">
      <h3 className="mb-2 text-sm font-medium">Character</h3>
      <div className="grid grid-cols-2 gap-4">
        <Pane title="Your character" facts={characterFactsLine(before.facts)}>
          <img src={before.picture} alt={`Your character, ${before.file.name}`} className={paneSize} />
        </Pane>
        <Pane
          title="What is sent"
          facts={[
            `${String(facts.width)} × ${String(facts.height)}`,
            facts.format.toUpperCase(),
            formatBytes(facts.bytes),
          ]}
        >
          <img src={picture} alt="The prepared character" className={paneSize} />
        </Pane>
      </div>
    </section>
  )
}
