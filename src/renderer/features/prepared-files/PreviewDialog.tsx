import { BadgeCheck, ChevronDown, ScanEye } from 'lucide-react'
import { useState } from 'react'
import type { Certificate, PreparedView } from '../../../shared/domain/views.ts'
import { FindingTable } from '../../ui/FindingTable.tsx'
import { isHint } from '../../lib/hints.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import type { Fraction } from '../../../shared/units.ts'
import { Button } from '../../ui/Button.tsx'
import { Modal } from '../../ui/Modal.tsx'
import { ProblemCallout } from '../../ui/ProblemCallout.tsx'
import { Progress } from '../../ui/Progress.tsx'
import { CharacterComparison, ClipComparison } from './BeforeAfter.tsx'
import { usePreview, type Preview, type PreviewOf, previewNow } from './use-preview.ts'
import { useReport } from '../../state/use-report.ts'
import { text } from './text.ts'

/** What the written files were held against, measured after they were written. */
function CertificateNote({ certificate }: { readonly certificate: Certificate }) {
  const rules = certificate.findings.filter((finding) => !isHint(finding))
  const warned = rules.filter(({ level }) => level === 'warning').length
  return (
    <section aria-label="Certificate" className="rounded-xl bg-good-wash px-4 py-3 text-sm">
      <p className="flex items-center gap-2 font-medium text-ink">
        <BadgeCheck aria-hidden className="size-4 text-good" />
        {text.allLimitsMet}
      </p>
      {warned > 0 && (
        <p className="mt-1 text-xs text-soft">
          {warned === 1 ? text.oneSimilarLimit : text.similarLimits(String(warned))}
        </p>
      )}
      <details className="group mt-1 text-xs text-soft">
        <summary className="flex w-fit items-center gap-1.5 rounded py-0.5 hover:text-ink">
          {String(rules.length)} rules with measured value and limit
          <ChevronDown aria-hidden className="size-3.5 transition-transform group-open:rotate-180" />
        </summary>
        <FindingTable findings={rules} />
        <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-3 font-mono text-xs break-all" data-selectable>
          {certificate.character && (
            <>
              <dt>Character</dt>
              <dd>SHA-256 {certificate.character.sha256}</dd>
            </>
          )}
          {certificate.clip && (
            <>
              <dt>Clip</dt>
              <dd>SHA-256 {certificate.clip.sha256}</dd>
            </>
          )}
        </dl>
      </details>
    </section>
  )
}

type CommandsProps = {
  readonly commands: readonly string[]
  /** The character was changed as well. */
  readonly converted: boolean
}

/** The exact ffmpeg commands for the clip, and why there is none for the character. */
function Commands({ commands, converted }: CommandsProps) {
  const inside = converted && <p className="text-xs text-soft">{text.noCommand}</p>
  if (commands.length === 0) return inside
  return (
    <section aria-label="Commands">
      <div className="mb-1 flex items-center justify-between gap-3">
        <h3 className="text-sm font-medium">
          {commands.length === 1 ? 'The exact command' : `The ${String(commands.length)} exact commands`} for
          the clip
        </h3>
        <CopyButton text={commands.join('\n')} label="Copy the commands" />
      </div>
      <pre
        // A box that scrolls has to be reachable by keyboard.
        tabIndex={0}
        aria-label="The exact commands"
        data-selectable
        className="max-h-36 overflow-auto rounded-lg bg-sunken px-3 py-2 font-mono text-xs leading-relaxed whitespace-pre-wrap text-soft wrap-anywhere"
      >
        {commands.join('\n\n')}
      </pre>
      {inside && <div className="mt-2">{inside}</div>}
    </section>
  )
}

type PreparingProps = { readonly progress: Fraction | null; readonly onCancel: () => void }

function Preparing({ progress, onCancel }: PreparingProps) {
  return (
    <div role="status" className="flex h-full flex-col items-center justify-center gap-4 py-16 text-center">
      <p className="text-sm text-soft">{text.preparing}</p>
      <div className="w-72">
        <Progress label="Preparing" fraction={progress} />
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

const stepWords: Readonly<Record<Preview['step'], string>> = {
  preparing: text.untouched,
  shown: text.shown,
  failed: text.failed,
}

/** The files before and after they were made to fit. */
function PreviewDialog({ of, onClose }: { readonly of: PreviewOf; readonly onClose: () => void }) {
  const preview = usePreview(of)
  return (
    <Modal
      title="What is sent"
      description={stepWords[preview.step]}
      // A problem alone needs no page.
      width={preview.step === 'failed' ? 'wide' : 'page'}
      onClose={onClose}
    >
      {preview.step === 'preparing' && <Preparing progress={preview.progress} onCancel={onClose} />}
      {preview.step === 'failed' && <ProblemCallout problem={preview.problem} />}
      {preview.step === 'shown' && <Shown of={of} view={preview.view} />}
    </Modal>
  )
}

/** Opens the files before and after. */
export function PreviewButton() {
  const { current } = useReport()
  const [asked, setAsked] = useState<PreviewOf | null>(null)
  return (
    <>
      <Button
        size="small"
        icon={<ScanEye aria-hidden />}
        // Which part is performed is known only once the check has answered.
        disabled={!current}
        onClick={() => {
          setAsked(previewNow())
        }}
      >
        See what is sent
      </Button>
      {asked && (
        <PreviewDialog
          of={asked}
          onClose={() => {
            setAsked(null)
          }}
        />
      )}
    </>
  )
}
