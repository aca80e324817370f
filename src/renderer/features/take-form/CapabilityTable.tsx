import { useApp } from '../../state/store.ts'
import { classNames } from '../../ui/class-names.ts'
import { Modal } from '../../ui/Modal.tsx'
import { capabilities } from './capability-rows.ts'
import { chosenModel } from '../../state/inputs.ts'

const cell = 'border-b border-line px-3 py-2 text-left align-top'

/** As a reference, because the dialog puts its content into the page only after the first effects. */
const bringIntoView = (header: HTMLTableCellElement | null) => {
  header?.scrollIntoView({ inline: 'center', block: 'nearest' })
}

/** What every model of every provider can and cannot do, from the same rules that check the files. */
export function CapabilityTable({ onClose }: { readonly onClose: () => void }) {
  const providers = useApp((state) => state.providers)
  const prices = useApp((state) => state.settings.prices)
  const chosen = useApp(chosenModel)
  const columns = providers.flatMap(({ name, models }) => models.map((model) => ({ name, model })))
  const look = (model: (typeof columns)[number]['model']) =>
    model === chosen ? 'bg-accent-wash' : 'bg-panel'
  return (
    <Modal
      width="page"
      title="What each can do"
      description={`As the providers state it; read on ${columns[0]?.model.rules[0]?.asOf ?? 'no known day'}. Your own choice is marked.`}
      onClose={onClose}
    >
      <div
        role="region"
        aria-label="Providers and models"
        tabIndex={0}
        className="h-full overflow-auto rounded-lg border border-line"
      >
        <table className="tabular w-max border-separate border-spacing-0 text-xs" data-selectable>
          <thead>
            <tr>
              <th scope="col" className={classNames(cell, 'sticky top-0 left-0 z-20 bg-panel font-medium')}>
                <span className="sr-only">What</span>
              </th>
              {columns.map(({ name, model }) => (
                <th
                  key={`${model.provider} ${model.model}`}
                  ref={model === chosen ? bringIntoView : undefined}
                  scope="col"
                  className={classNames(cell, 'sticky top-0 z-10 w-44 font-medium text-ink', look(model))}
                >
                  <span className="block">{name}</span>
                  {name !== model.name && <span className="font-normal text-soft"> {model.name}</span>}
                  {model === chosen && <span className="sr-only"> (chosen)</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {capabilities(prices).map(({ label, of }) => (
              <tr key={label}>
                <th
                  scope="row"
                  className={classNames(cell, 'sticky left-0 z-10 w-40 bg-panel font-medium text-soft')}
                >
                  {label}
                </th>
                {columns.map(({ model }) => {
                  const text = of(model)
                  return (
                    <td
                      key={`${model.provider} ${model.model}`}
                      className={classNames(
                        cell,
                        'max-w-44',
                        model === chosen && 'bg-accent-wash',
                        text.startsWith('not stated') || text === 'no' || text === '–'
                          ? 'text-faint'
                          : 'text-ink',
                      )}
                    >
                      {text}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Modal>
  )
}
