import type { NetworkReport, Obstacle } from '../../../shared/domain/network.ts'
import { formatBytes } from '../../../shared/units.ts'
import type { DoctorReport } from '../../core/doctor.ts'
import { table } from '../output.ts'

export function formatDoctor(report: DoctorReport, terminal: boolean): string {
  const mark = (ok: boolean, essential: boolean) => {
    if (ok) return terminal ? '✓' : 'ok'
    if (essential) return terminal ? '✗' : 'missing'
    return terminal ? '!' : 'absent'
  }
  const { library } = report
  const free = library.freeBytes === null ? 'free space unknown' : `${formatBytes(library.freeBytes)} free`
  const rows = report.tools.map((tool) => [
    mark(tool.ok, tool.essential),
    tool.name,
    tool.version ?? '',
    tool.origin ?? '',
    tool.path ?? tool.note ?? '',
  ])
  const writable = library.writable ? 'writable' : 'not writable'
  return [
    `Understudy ${report.version} on ${report.platform}`,
    table([...rows, [mark(library.writable, true), 'library', writable, free, library.path]]),
    ...report.tools.flatMap(({ name, path, note }) =>
      path === null || note === null ? [] : [`${name}: ${note}`],
    ),
    ...(library.note === null ? [] : [library.note]),
    report.ready ? 'Nothing essential is missing.' : 'Something essential is missing.',
  ].join('\n')
}

const obstacles: Readonly<Record<Obstacle, string>> = {
  dns: 'DNS',
  proxy: 'proxy',
  certificate: 'certificate',
  address: 'address rule',
  connection: 'connection',
  service: 'service',
}

export function formatNetwork({ note, findings }: NetworkReport, terminal: boolean): string {
  const [good, bad] = terminal ? ['✓', '✗'] : ['ok', 'blocked']
  const lines = findings.flatMap(({ host, way, obstacle, message, advice }) =>
    obstacle === null
      ? [`${good}  ${host} can be reached ${way}.`]
      : [
          `${bad}: ${obstacles[obstacle]}  ${host}, ${way}`,
          `    ${message}`,
          ...(advice === null ? [] : [`    ${advice}`]),
        ],
  )
  const reached = findings.every(({ obstacle }) => obstacle === null)
  const last = reached ? 'Every service can be reached.' : 'Some services can’t be reached.'
  return ['', 'Network', ...lines, ...(note === null ? [] : [note]), last].join('\n')
}
