import { X } from 'lucide-react'
import { useApp } from '../../state/store.ts'
import { Callout } from '../../ui/Callout.tsx'
import { IconButton } from '../../ui/IconButton.tsx'

/** What became of files that were given and are not in their expected place. */
export function Remarks() {
  const remarks = useApp((state) => state.remarks)
  const dismissRemarks = useApp((state) => state.dismissRemarks)
  if (remarks.length === 0) return null
  return (
    <div className="space-y-2">
      {remarks.map(({ tone, title, advice, detail }, index) => (
        <Callout
          key={title}
          tone={tone}
          title={title}
          action={
            index === 0 && (
              <IconButton
                size="small"
                label="Dismiss"
                icon={<X />}
                className="-my-1"
                onClick={dismissRemarks}
              />
            )
          }
        >
          {advice}
          {detail && <span className="mt-1 block font-mono text-[0.75rem]">{detail}</span>}
        </Callout>
      ))}
    </div>
  )
}
