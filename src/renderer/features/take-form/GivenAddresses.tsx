import { useApp } from '../../state/store.ts'
import { TextField } from '../../ui/TextField.tsx'
import { addressProblem } from '../../state/prepare-delivery.ts'
import { draftNow } from '../../state/delivery.ts'
import { chosenModel } from '../../state/inputs.ts'

type AddressFieldProps = { readonly field: 'clipUrl' | 'characterUrl'; readonly label: string }

function AddressField({ field, label }: AddressFieldProps) {
  const value = useApp((state) => draftNow(state)[field])
  const changeDelivery = useApp((state) => state.changeDelivery)
  const problem = value.trim() === '' ? null : addressProblem(value)
  return (
    <TextField
      label={label}
      value={value}
      placeholder="https://"
      problem={problem ?? undefined}
      onChange={(text) => {
        changeDelivery({ [field]: text })
      }}
    />
  )
}

/** Where the user put the files; both where the model fetches the character too. */
export function GivenAddresses() {
  const fetchesCharacter = useApp((state) => chosenModel(state)?.characterBy === 'url')
  const keepDelivery = useApp((state) => state.keepDelivery)
  return (
    <div className="mt-2 space-y-2" onBlur={keepDelivery}>
      <AddressField field="clipUrl" label="Address of the clip" />
      {fetchesCharacter && <AddressField field="characterUrl" label="Address of the character" />}
      <p className="text-xs text-faint">What is there is sent as it is, whatever files are in this window.</p>
    </div>
  )
}
