import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

export type Column = { readonly name: string; readonly numeric?: boolean; readonly nameHidden?: boolean }

export type DataTableProps = {
  /** Says what the table is about, to screen readers. */
  readonly caption: string
  readonly columns: readonly Column[]
  /** Rows, made of `Cell`. */
  readonly children: ReactNode
}

/** Rows and columns, close together. */
export function DataTable({ caption, columns, children }: DataTableProps) {
  return (
    <table className="w-full border-collapse text-left text-xs" data-selectable>
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr className="border-b border-line text-faint">
          {columns.map(({ name, numeric = false, nameHidden = false }) => (
            <th
              key={name}
              scope="col"
              className={classNames('py-1.5 pr-3 font-medium last:pr-0', numeric && 'text-right')}
            >
              <span className={nameHidden ? 'sr-only' : undefined}>{name}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="divide-y divide-line">{children}</tbody>
    </table>
  )
}

export function Cell({
  numeric = false,
  soft = false,
  short = false,
  children,
}: {
  readonly numeric?: boolean
  readonly soft?: boolean
  /** Stays on one line. */
  readonly short?: boolean
  readonly children: ReactNode
}) {
  return (
    <td
      className={classNames(
        'py-1.5 pr-3 align-middle last:pr-0',
        numeric && 'tabular text-right',
        numeric || short ? 'whitespace-nowrap' : 'wrap-anywhere',
        soft && 'text-soft',
      )}
    >
      {children}
    </td>
  )
}
