import type { ClipFacts } from '../../../shared/media.ts'
import { formatSeconds } from '../../../shared/units.ts'
import { useApp } from '../../app/store.ts'
import { NumberField } from '../../ui/NumberField.tsx'
import { Slider } from '../../ui/Slider.tsx'
import { chosenModel } from './inputs-slice.ts'
import { moveInPoint, moveOutPoint, spanOf, windowLimits, type WindowLimits } from './window.ts'

function limitSentence({ min, max }: WindowLimits): string {
  if (max === Number.POSITIVE_INFINITY) return `At least ${formatSeconds(min)}.`
  return `${formatSeconds(min)} to ${formatSeconds(max)} with this framing.`
}

/** Which part of the clip is performed. */
export function TrimBar({ facts }: { readonly facts: ClipFacts }) {
  const window = useApp((state) => state.clipWindow)
  const changeWindow = useApp((state) => state.changeWindow)
  const model = useApp(chosenModel)
  const orientation = useApp((state) => state.takeSettings.orientation)
  const limits = windowLimits(model, orientation)
  const { start, end, length } = spanOf(facts, window, limits)
  const frame = 1 / facts.frameRate
  const moveStart = (to: number) => {
    changeWindow(moveInPoint(facts, window, to, limits))
  }
  const moveEnd = (to: number) => {
    changeWindow(moveOutPoint(facts, window, to, limits))
  }

  return (
    <section aria-label="Part of the clip" className="rounded-2xl bg-panel px-4 py-3.5">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <h2 className="text-sm font-medium">Performed part</h2>
        <p className="text-xs text-faint">{limitSentence(limits)}</p>
        <p className="tabular ml-auto text-xs text-soft">
          {formatSeconds(length)} of {formatSeconds(facts.duration)}
        </p>
      </div>
      <Slider
        className="mt-2"
        labels={['In-point', 'Out-point']}
        values={[start, end]}
        min={0}
        max={facts.duration}
        step={frame}
        describe={formatSeconds}
        onChange={([from = 0, to = 0]) => {
          if (Math.abs(from - start) > frame / 2) moveStart(from)
          else if (Math.abs(to - end) > frame / 2) moveEnd(to)
        }}
      />
      <div className="mt-2.5 flex flex-wrap gap-x-5 gap-y-2">
        <NumberField label="In" unit="s" value={start} step={frame} digits={2} onChange={moveStart} />
        <NumberField
          label="Length"
          unit="s"
          value={length}
          step={frame}
          digits={2}
          onChange={(wanted) => {
            moveEnd(start + wanted)
          }}
        />
        <NumberField label="Out" unit="s" value={end} step={frame} digits={2} onChange={moveEnd} />
      </div>
    </section>
  )
}
