import type { CheckReport } from '../../shared/domain/views.ts'
import { useApp } from './store.ts'
import { inputsKey } from './inputs.ts'

/** The newest findings, and whether they belong to the current inputs. */
export function useReport(): { readonly report: CheckReport | null; readonly current: boolean } {
  const report = useApp((state) => state.checked?.report ?? null)
  const current = useApp((state) => state.checked?.key === inputsKey(state))
  return { report, current }
}
