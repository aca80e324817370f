import { ScanEye } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { useReport } from '../../state/use-report.ts'
import { PreviewDialog } from './PreviewDialog.tsx'
import { previewNow, type PreviewOf } from './use-preview.ts'

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
