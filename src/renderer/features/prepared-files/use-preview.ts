import { useEffect } from 'react'
import type { CallArgs } from '../../../shared/contract.ts'
import type { PreparedView } from '../../../shared/domain/views.ts'
import type { Problem } from '../../../shared/outcome.ts'
import { useApp } from '../../state/store.ts'
import type { Fraction } from '../../../shared/units.ts'
import { useCall } from '../../lib/use-call.ts'
import { inputsOf } from '../../state/inputs.ts'
import type { CharacterInspection, ClipInspection } from '../../state/intake.ts'
import type { Performed } from './use-step.ts'

/** What the user asked to see, as it stood at that moment: the window behind may change meanwhile. */
export type PreviewOf = {
  readonly inputs: CallArgs<'prepare:preview'>
  readonly character: CharacterInspection | null
  readonly clip: ClipInspection | null
  readonly performed: Omit<Performed, 'prepared' | 'clock'>
}

/** The current inputs. */
export function previewNow(): PreviewOf {
  const state = useApp.getState()
  const { character, clip, checked, takeSettings } = state
  const window = checked?.report?.window ?? { start: 0, length: clip?.facts.duration ?? 0 }
  const lengthened = checked?.report?.findings.some(
    ({ fix }) => fix !== undefined && fix === takeSettings.fit.short,
  )
  const performed = { ...window, short: lengthened === true ? takeSettings.fit.short : null }
  return { inputs: inputsOf(state), character, clip, performed }
}

export type Preview =
  | { readonly step: 'preparing'; readonly progress: Fraction | null }
  | { readonly step: 'shown'; readonly view: PreparedView }
  | { readonly step: 'failed'; readonly problem: Problem }

/** Prepares for as long as the dialog is open: closing it cancels. */
export function usePreview({ inputs }: PreviewOf): Preview {
  const readRecents = useApp((state) => state.readRecents)
  const { answer, problem, progress } = useCall('prepare:preview', inputs, { cancellable: true })
  useEffect(() => {
    if (answer) void readRecents()
  }, [answer, readRecents])
  if (answer) return { step: 'shown', view: answer }
  return problem ? { step: 'failed', problem } : { step: 'preparing', progress }
}
