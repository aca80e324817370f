import type { About } from '../../../shared/domain/views.ts'
import { useApp } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { SettingList } from './SettingRow.tsx'
import { text } from './text.ts'

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
    <section aria-label="About Understudy" className="py-3">
      <h3 className="text-sm font-semibold">About Understudy</h3>
      <p className="mt-1 text-sm text-soft">{text.about}</p>
      <dl className="mt-3 grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-1.5 text-xs" data-selectable>
        {rows.map(([name, value]) => (
          <div key={name} className="col-span-2 grid grid-cols-subgrid">
            <dt className="text-faint">{name}</dt>
            <dd className="wrap-anywhere">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Diagnostics() {
  const save = useApp((state) => state.saveDiagnostics)
  return (
    <section aria-label="Diagnostics" className="py-3">
      <h3 className="text-sm font-semibold">Diagnostics</h3>
      <p className="mt-1 text-sm text-soft">{text.diagnostics}</p>
      <div className="mt-3 flex flex-wrap items-center gap-3">
        <Button size="small" onClick={() => void save()}>
          Save diagnostics…
        </Button>
        <span className="text-xs text-faint">{text.diagnosticsUse}</span>
      </div>
    </section>
  )
}

export function Help() {
  const about = useApp((state) => state.about)
  return (
    <SettingList title="Help">
      <Diagnostics />
      {about && <AboutThisApp about={about} />}
    </SettingList>
  )
}
