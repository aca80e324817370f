import { SlidersHorizontal } from 'lucide-react'
import { useEffect } from 'react'
import { GenerateButton, PrepareOnly, ReadyLine } from '../../features/generate/GenerateButton.tsx'
import type { GenerateControl } from '../../features/generate/use-generate.ts'
import { PromptField } from '../../features/take-form/PromptField.tsx'
import { useApp } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { Sheet } from '../../ui/Sheet.tsx'
import { DeskSettings } from './Desk.tsx'
import { useProviderWords } from './provider-words.ts'

/** The desk of a narrow window: what one never loses sight of, and the way to the rest. */
export function MakeBar({ control }: { readonly control: GenerateControl }) {
  const deskOpen = useApp((state) => state.deskOpen)
  const openDeskSheet = useApp((state) => state.openDeskSheet)
  const goToFold = useApp((state) => state.goToFold)
  const sought = useApp((state) => state.soughtFold)
  useEffect(() => {
    if (sought !== null) openDeskSheet(true)
  }, [sought, openDeskSheet])
  const provider = useProviderWords()
  return (
    <div
      role="region"
      aria-label="Next take"
      className="flex min-h-13 shrink-0 items-center gap-2 border-t border-line bg-panel px-2 max-[479px]:flex-wrap max-[479px]:gap-y-1 max-[479px]:py-1 [@media(max-height:559px)]:min-h-11"
    >
      <Button
        look="quiet"
        className="max-w-44 min-w-0 shrink px-2 max-[759px]:max-w-32 max-[479px]:mr-auto max-[479px]:max-w-24"
        title={provider}
        onClick={() => {
          goToFold('provider')
        }}
      >
        <span className="truncate">{provider}</span>
      </Button>
      <div className="min-w-0 flex-1 max-[479px]:order-first max-[479px]:basis-full">
        <PromptField field="prompt" rows={1} inline />
      </div>
      <ReadyLine
        control={control}
        className="max-w-48 shrink max-[759px]:max-w-28 max-[479px]:order-first max-[479px]:max-w-full max-[479px]:basis-full"
      />
      <Button
        icon={<SlidersHorizontal aria-hidden />}
        aria-haspopup="dialog"
        aria-label="Settings"
        className="max-[759px]:px-2.5"
        onClick={() => {
          openDeskSheet(true)
        }}
      >
        <span className="max-[759px]:hidden">Settings</span>
      </Button>
      <GenerateButton control={control} className="px-4 max-[479px]:px-3 [@media(max-height:559px)]:h-9" />
      {deskOpen && (
        <Sheet
          title="Settings of the take"
          footer={<PrepareOnly />}
          onClose={() => {
            openDeskSheet(false)
          }}
        >
          <DeskSettings />
        </Sheet>
      )}
    </div>
  )
}
