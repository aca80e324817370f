import { useEffect, useState } from 'react'
import type { Fraction } from '../../shared/units.ts'
import { desktop } from './desktop.ts'

/** How far a call is; null while it does not say. */
export function useCallProgress(call: string | null): Fraction | null {
  const [told, setTold] = useState<{ readonly call: string; readonly fraction: Fraction | null } | null>(null)
  useEffect(() => desktop().listen['call:progress'](setTold), [])
  return told !== null && told.call === call ? told.fraction : null
}
