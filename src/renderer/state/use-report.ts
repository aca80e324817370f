import type { CheckReport } from '../../shared/domain/views.ts'
import { useApp } from './store.ts'
import { inputsKey } from './inputs.ts'

/** The newest findings, with whether they were made from the inputs as they stand now. */
export function useReport(): { readonly report: CheckReport | null; readonly current: boolean } {
  const report = useApp((state) => state.checked?.report ?? null)
  const current = useApp((state) => state.checked?.key === inputsKey(state))
  return { report, current }
}
