import { ChevronDown, RotateCw } from 'lucide-react'
import { useId, useState } from 'react'
import { useApp } from '../../state/store.ts'
import { TextField } from '../../ui/TextField.tsx'
import {
  addressProblem,
  draftNow,
  deliveryView,
  lookingForHosts,
  recommendedHost,
} from '../../state/delivery.ts'
import { chosenModel, chosenProvider } from '../../state/inputs.ts'
import { remoteProviders } from '../../../shared/domain/account.ts'
import type { HostId, HostView } from '../../../shared/domain/delivery.ts'
import { formatBytes } from '../../../shared/units.ts'
import { chosenAccount } from '../../state/accounts.ts'
import { Button } from '../../ui/Button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { ProblemCallout } from '../../ui/ProblemCallout.tsx'
import { text } from './text.ts'

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
function GivenAddresses() {
  const fetchesCharacter = useApp((state) => chosenModel(state)?.characterBy === 'url')
  const keepDelivery = useApp((state) => state.keepDelivery)
  return (
    <div className="mt-2 space-y-2" onBlur={keepDelivery}>
      <AddressField field="clipUrl" label="Link to the clip" />
      {fetchesCharacter && <AddressField field="characterUrl" label="Link to the character" />}
      <p className="text-xs text-faint">{text.linkedUnchanged}</p>
    </div>
  )
}

/** A button that leads to what a host lacks, where this window can fix it. */
function Fix({ id }: Pick<HostView, 'id'>) {
  const openAccounts = useApp((state) => state.openAccounts)
  const provider = useApp((state) => state.takeSettings.provider)
  if (id !== 's3' && id !== 'provider') return null
  return (
    <Button
      size="small"
      className="mt-1.5 ml-6"
      onClick={() => {
        if (id === 's3') openAccounts('clip-hosts')
        else
          openAccounts(
            'accounts',
            remoteProviders.find((one) => one === provider),
          )
      }}
    >
      {id === 's3' ? 'Set up a bucket' : 'Open the account'}
    </Button>
  )
}

/** The command that installs cloudflared (Cloudflare’s downloads page, November 2026). */
const installCommands: Readonly<Record<string, string>> = {
  darwin: 'brew install cloudflared',
  win32: 'winget install --id Cloudflare.cloudflared',
  linux:
    'sudo curl -fsSLo /usr/local/bin/cloudflared https://github.com/cloudflare/cloudflared/releases/latest/download/cloudflared-linux-$(dpkg --print-architecture) && sudo chmod +x /usr/local/bin/cloudflared',
}

/** How to get what the tunnel needs, and a second look once it is there. */
function InstallHelp({ open }: { readonly open: boolean }) {
  const command = useApp(({ about }) => installCommands[about?.platform ?? ''])
  const account = useApp((state) => chosenAccount(state)?.account.id ?? null)
  const readHosts = useApp((state) => state.readHosts)
  if (command === undefined || account === null) return null
  return (
    <details open={open} className="mt-1.5 ml-6 space-y-1.5 text-xs text-soft">
      <summary className="w-fit rounded select-none hover:text-ink">{text.installIt}</summary>
      <div className="flex items-start gap-1 rounded-lg bg-sunken py-1 pr-1 pl-2.5">
        <code className="min-w-0 flex-1 self-center font-mono wrap-anywhere" data-selectable>
          {command}
        </code>
        <CopyButton text={command} label="Copy the command" />
      </div>
      <Button size="small" icon={<RotateCw />} onClick={() => void readHosts(account)}>
        Check again
      </Button>
    </details>
  )
}

type HostRowProps = {
  readonly host: HostView
  readonly group: string
  readonly checked: boolean
  readonly recommended: boolean
}

function HostRow({ host, group, checked, recommended }: HostRowProps) {
  const { id, name, privacy, missing, maxBytes } = host
  const about = useId()
  const changeDelivery = useApp((state) => state.changeDelivery)
  const keepDelivery = useApp((state) => state.keepDelivery)
  const usable = missing === null
  return (
    <div
      className={classNames(
        'rounded-lg border px-3 py-2',
        checked && usable ? 'border-accent bg-accent-wash' : 'border-line bg-raised',
        usable && !checked && 'hover:border-edge',
      )}
    >
      <label className="flex items-start gap-2.5 text-sm">
        <input
          type="radio"
          name={group}
          checked={checked && usable}
          disabled={!usable}
          aria-label={name}
          aria-describedby={about}
          onChange={() => {
            changeDelivery({ host: id })
            keepDelivery()
          }}
          className="mt-1 size-3.5 shrink-0 accent-accent"
        />
        <span className="min-w-0 flex-1">
          <span className={classNames('font-medium', usable ? 'text-ink' : 'text-faint')}>
            {name}
            {maxBytes !== null && (
              <span className="font-normal text-faint"> up to {formatBytes(maxBytes)}</span>
            )}
            {recommended && <span className="ml-1.5 text-xs font-normal text-good">recommended</span>}
          </span>
          <span id={about} className="mt-0.5 block text-xs leading-snug wrap-anywhere text-soft">
            {privacy}
            {!usable && <span className="mt-0.5 block text-warn">{missing}</span>}
          </span>
        </span>
      </label>
      {!usable && <Fix id={id} />}
      {!usable && id === 'tunnel' && <InstallHelp open={recommended} />}
      {checked && id === 'given' && <GivenAddresses />}
    </div>
  )
}

/** Every way while one has to be chosen; later only the chosen one, until the others are asked for. */
function HostRows({
  hosts,
  chosen,
}: {
  readonly hosts: readonly HostView[]
  readonly chosen: HostId | null
}) {
  const group = useId()
  const recommended = recommendedHost(hosts)
  const settled = hosts.some(({ id, missing }) => id === chosen && missing === null)
  const [wide, setWide] = useState(!settled)
  const shown = hosts.filter(({ id }) => wide || !settled || id === chosen)
  return (
    <div className="space-y-1.5">
      {shown.map((host) => (
        <HostRow
          key={host.id}
          host={host}
          group={group}
          checked={host.id === chosen}
          recommended={host.id === recommended}
        />
      ))}
      {settled && hosts.length > 1 && (
        <Button
          size="small"
          look="quiet"
          className="-ml-2.5"
          aria-expanded={wide}
          icon={<ChevronDown className={classNames('transition-transform', wide && 'rotate-180')} />}
          onClick={() => {
            setWide(!wide)
          }}
        >
          {wide ? 'Fewer options' : 'More options'}
        </Button>
      )}
    </div>
  )
}

function Hosts() {
  const view = useApp((state) => state.hosts)
  const account = useApp((state) => state.takeSettings.account)
  const chosen = useApp((state) => deliveryView(state).draft.host)
  if (view?.account !== account) return <p className="text-xs text-faint">{lookingForHosts}</p>
  if (view.problem) return <ProblemCallout problem={view.problem} />
  const recommended = recommendedHost(view.views)
  // The recommended one, then what can be chosen; otherwise the core's order stays.
  const rank = ({ id, missing }: HostView) => (id === recommended ? 0 : missing === null ? 1 : 2)
  const hosts = view.views.toSorted((a, b) => rank(a) - rank(b))
  return <HostRows key={view.account} hosts={hosts} chosen={chosen} />
}

/** Where the provider fetches the files, with who will see them and for how long. */
export function HostChoice() {
  const provider = useApp(chosenProvider)
  const account = useApp((state) => chosenAccount(state)?.account.id ?? null)
  const readHosts = useApp((state) => state.readHosts)
  if (!provider || provider.practice || account === null) return null
  return (
    <fieldset className="min-w-0">
      <legend className="sr-only">How {provider.name} gets your files</legend>
      <div className="mb-1.5 flex items-center justify-between">
        <p aria-hidden className="text-xs text-soft">
          How {provider.name} gets your files
        </p>
        <IconButton
          label="Refresh options"
          size="small"
          className="-my-1"
          icon={<RotateCw />}
          onClick={() => void readHosts(account)}
        />
      </div>
      <Hosts />
    </fieldset>
  )
}
