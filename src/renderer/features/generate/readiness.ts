import type { CheckReport } from '../../../shared/domain/views.ts'
import type { Problem } from '../../../shared/outcome.ts'

export type ReadinessView = {
  readonly connected: boolean
  readonly mediaTools: boolean
  readonly reading: boolean
  readonly hasCharacter: boolean
  readonly hasClip: boolean
  /** What keeps the files from reaching the provider. */
  readonly obstacle: string | null
  /** The findings on show, or null while they are older than the inputs. */
  readonly report: CheckReport | null
  readonly checkProblem: Problem | null
  readonly sending: boolean
  readonly takeId: string | null
}

export type Readiness =
  { readonly ready: true; readonly takeId: string } | { readonly ready: false; readonly reason: string }

const not = (reason: string): Readiness => ({ ready: false, reason })

function missingInput({ hasCharacter, hasClip }: ReadinessView): string | null {
  if (!hasCharacter && !hasClip) return 'Add a character and a clip to begin.'
  if (!hasCharacter) return 'Add a character: the image that will move.'
  if (!hasClip) return 'Add a clip: the video whose motion is performed.'
  return null
}

/** Whether the take can be sent as it stands on the screen, and if not, what is missing first. */
export function readiness(view: ReadinessView): Readiness {
  if (!view.connected) return not('The studio is not answering.')
  if (!view.mediaTools) return not('Video tools are missing on this computer.')
  if (view.sending) return not('Sending…')
  if (view.reading) return not('Reading the files…')
  const missing = missingInput(view)
  if (missing !== null) return not(missing)
  if (view.obstacle !== null) return not(view.obstacle)
  if (view.checkProblem) return not(view.checkProblem.message)
  const { report, takeId } = view
  if (!report) return not('Checking the inputs…')
  if (report.verdict === 'refused') {
    const blocking = report.findings.filter(({ level, fix }) => level === 'error' && !fix).length
    return not(
      blocking === 1
        ? 'One finding has to be solved first.'
        : `${String(blocking)} findings have to be solved first.`,
    )
  }
  if (report.estimate === null || takeId === null) return not('Checking the inputs…')
  return { ready: true, takeId }
}
