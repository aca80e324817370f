import type { About } from '../../../shared/domain/views.ts'
import { useApp } from '../../state/store.ts'
import { Modal } from '../../ui/Modal.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { ThemeSwitch } from './ThemeSwitch.tsx'

const faces: Readonly<Record<About['face'], string>> = {
  electron: 'In its own window',
  browser: 'In a browser window, served by this computer',
}

function AboutThisApp({ about }: { readonly about: About }) {
  const rows = [
    ['Version', about.version],
    ['Runs', faces[about.face]],
    ['Library', about.library],
    ['Video tools', about.mediaTools ? (about.oldTools?.message ?? 'found') : 'missing'],
  ] as const
  return (
    <section aria-label="About Understudy" className="border-t border-line pt-5">
      <h3 className="text-sm font-semibold">About Understudy</h3>
      <p className="mt-1 text-sm text-soft">
        An actor’s understudy learns the part by watching. Your files stay on this computer until you press
        Generate.
      </p>
      <dl className="mt-3 grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-1.5 text-xs" data-selectable>
        {rows.map(([name, value]) => (
          <div key={name} className="col-span-2 grid grid-cols-subgrid">
            <dt className="text-faint">{name}</dt>
            <dd className="break-words">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

export function SettingsDialog({ onClose }: { readonly onClose: () => void }) {
  const about = useApp((state) => state.about)
  const notifications = useApp((state) => state.settings.notifications)
  const changeSettings = useApp((state) => state.changeSettings)
  return (
    <Modal title="Settings" onClose={onClose}>
      <div className="space-y-5">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <span aria-hidden className="text-sm">
            Theme
          </span>
          <ThemeSwitch />
        </div>
        <Switch
          label="Notify me when a take is done"
          hint="Uses system notifications."
          checked={notifications}
          onChange={(checked) => void changeSettings({ notifications: checked })}
        />
        {about && <AboutThisApp about={about} />}
      </div>
    </Modal>
  )
}
