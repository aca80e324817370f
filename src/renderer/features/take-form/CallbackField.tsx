import { useApp } from '../../state/store.ts'
import { TextField } from '../../ui/TextField.tsx'
import { useDraft } from '../../lib/use-draft.ts'
import { chosenModel } from '../../state/inputs.ts'

const longest = 2000

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host)
}

/** The address as it was typed, where a provider could call it. */
function readAddress(text: string): string | null {
  const address = text.trim()
  if (address.length > longest || !URL.canParse(address)) return null
  const { protocol, hostname } = new URL(address)
  const canBeCalled = protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))
  return canBeCalled ? address : null
}

/** Where the provider reports to besides; Understudy itself needs no call. */
export function CallbackField() {
  const callback = useApp((state) => chosenModel(state)?.callback ?? false)
  const address = useApp((state) => state.takeSettings.callbackUrl)
  const changeTakeSettings = useApp((state) => state.changeTakeSettings)
  const draft = useDraft(address, readAddress, (callbackUrl) => {
    if (callbackUrl !== address) changeTakeSettings({ callbackUrl })
  })
  if (!callback) return null
  return (
    <TextField
      label="Callback address (optional)"
      placeholder="https://…"
      value={draft.text}
      onChange={draft.type}
      hint="The provider calls it when the take changes."
      problem={
        draft.wrong
          ? 'Enter an address that begins with https://, or with http:// on this computer. Until then none is sent.'
          : undefined
      }
    />
  )
}
