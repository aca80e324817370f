import type { PreparedView } from '../../../shared/domain/views.ts'
import { useCallProgress } from '../../lib/use-call-progress.ts'
import { Button } from '../../ui/Button.tsx'
import { Modal } from '../../ui/Modal.tsx'
import { ProblemCallout } from '../../ui/ProblemCallout.tsx'
import { Progress } from '../../ui/Progress.tsx'
import { CertificateNote } from './CertificateNote.tsx'
import { CharacterComparison } from './CharacterComparison.tsx'
import { ClipComparison } from './BeforeAfter.tsx'
import { Commands } from './Commands.tsx'
import { usePreview, type Preview, type PreviewOf } from './use-preview.ts'

function Preparing({ call, onCancel }: { readonly call: string; readonly onCancel: () => void }) {
  const fraction = useCallProgress(call)
  return (
    <div role="status" className="flex h-full flex-col items-center justify-center gap-4 py-16 text-center">
      <p className="text-sm text-soft">Preparing the files as they would be sent…</p>
      <div className="w-72">
        <Progress label="Preparing" fraction={fraction} />
      </div>
      <Button size="small" onClick={onCancel}>
        Cancel
      </Button>
    </div>
  )
}

function Shown({ of, view }: { readonly of: PreviewOf; readonly view: PreparedView }) {
  return (
    <div className="space-y-6">
      {view.character && of.character && <CharacterComparison before={of.character} after={view.character} />}
      {view.clip && of.clip && <ClipComparison before={of.clip} after={view.clip} performed={of.performed} />}
      <CertificateNote certificate={view.certificate} />
      <Commands commands={view.commands} converted={view.plan.some(({ target }) => target === 'character')} />
    </div>
  )
}

const untouched = 'Nothing has been sent, and your own files are as they were.'

const stepWords: Readonly<Record<Preview['step'], string>> = {
  preparing: untouched,
  shown: `Prepared for real on this computer. ${untouched}`,
  failed: `The files could not be prepared. ${untouched}`,
}

/** The files before and after they were made to fit. */
export function PreviewDialog({ of, onClose }: { readonly of: PreviewOf; readonly onClose: () => void }) {
  const preview = usePreview(of)
  return (
    <Modal
      title="What is sent"
      description={stepWords[preview.step]}
      // A problem alone needs no page.
      width={preview.step === 'failed' ? 'wide' : 'page'}
      onClose={onClose}
    >
      {preview.step === 'preparing' && <Preparing call={preview.call} onCancel={onClose} />}
      {preview.step === 'failed' && <ProblemCallout problem={preview.problem} />}
      {preview.step === 'shown' && <Shown of={of} view={preview.view} />}
    </Modal>
  )
}
