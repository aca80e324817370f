import { Bookmark } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { PresetsDialog } from './Presets.tsx'

/** Opens the settings that have a name. */
export function PresetMenu() {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button
        size="small"
        icon={<Bookmark />}
        aria-haspopup="dialog"
        onClick={() => {
          setOpen(true)
        }}
      >
        Presets
      </Button>
      {open && (
        <PresetsDialog
          onClose={() => {
            setOpen(false)
          }}
        />
      )}
    </>
  )
}
