import { useId, useState } from 'react'
import type { ProviderView } from '../../shared/domain/views.ts'
import { KeyStep } from '../features/accounts/KeyStep.tsx'
import { Limits } from '../features/accounts/Spending.tsx'
import { HostChoice } from '../features/take-form/HostChoice.tsx'
import { accountsOf, isKeyed } from '../state/accounts.ts'
import { deliveryView, usableHost } from '../state/delivery.ts'
import { useApp } from '../state/store.ts'
import { Button } from '../ui/Button.tsx'
import { classNames } from '../ui/class-names.ts'
import { Modal } from '../ui/Modal.tsx'
import { text } from './text.ts'

const steps = ['Key', 'Files', 'Limit'] as const
type Step = 0 | 1 | 2

function Steps({ at }: { readonly at: Step }) {
  return (
    <ol aria-label="Steps" className="mb-4 flex gap-4 text-sm">
      {steps.map((name, nth) => (
        <li
          key={name}
          aria-current={nth === at ? 'step' : undefined}
          className={classNames(
            'flex-1 border-t-2 pt-1.5',
            nth <= at ? 'border-ink text-ink' : 'border-line text-faint',
            nth === at && 'font-medium',
          )}
        >
          {nth + 1}. {name}
        </li>
      ))}
    </ol>
  )
}

function Footer({
  step,
  form,
  canGoOn,
  go,
  onClose,
}: {
  readonly step: Step
  readonly form: string
  readonly canGoOn: boolean
  readonly go: (step: Step) => void
  readonly onClose: () => void
}) {
  if (step === 0)
    return (
      <>
        <Button look="quiet" onClick={onClose}>
          Not now
        </Button>
        <Button look="primary" type="submit" form={form}>
          Test the key
        </Button>
      </>
    )
  const isLast = step === 2
  return (
    <>
      <Button
        look="quiet"
        onClick={() => {
          go(isLast ? 1 : 0)
        }}
      >
        Back
      </Button>
      <Button
        look="primary"
        disabled={!canGoOn}
        onClick={() => {
          if (isLast) onClose()
          else go(2)
        }}
      >
        {isLast ? 'Done' : 'Continue'}
      </Button>
    </>
  )
}

/** From no account to the first paid take, in three steps that each can be left. */
function SetUpSteps({ provider }: { readonly provider: ProviderView }) {
  const endSetUp = useApp((state) => state.endSetUp)
  const own = useApp((state) => accountsOf(state.accounts, provider.id)[0] ?? null)
  const hasHost = useApp((state) => usableHost(deliveryView(state)) !== undefined)
  const [step, setStep] = useState<Step>(isKeyed(own ?? undefined) ? 1 : 0)
  const form = useId()
  return (
    <Modal
      title={text.setUp(provider.name)}
      onClose={endSetUp}
      footer={
        <Footer step={step} form={form} canGoOn={step === 2 || hasHost} go={setStep} onClose={endSetUp} />
      }
    >
      <Steps at={step} />
      {step === 0 && (
        <KeyStep
          provider={provider}
          view={own}
          form={form}
          onDone={() => {
            setStep(1)
          }}
        />
      )}
      {step === 1 && <HostChoice />}
      {step === 2 && (
        <div className="space-y-3">
          <p className="text-sm text-soft">{text.whyLimit}</p>
          <Limits />
        </div>
      )}
    </Modal>
  )
}

export function SetUp() {
  const provider = useApp((state) => state.providers.find(({ id }) => id === state.setUpOf))
  return provider ? <SetUpSteps key={provider.id} provider={provider} /> : null
}
