import type { Area, Size } from '../../../../shared/domain/picture-geometry.ts'
import type { CharacterInspection } from '../../../state/intake.ts'
import { PictureBox } from './PictureBox.tsx'
import { PictureSource } from './PictureSource.tsx'
import type { Framing } from './use-crop.ts'

const percent = (part: number, whole: number) => `${String((part / whole) * 100)}%`

const placeOn = (area: Area, { width, height }: Size) => ({
  left: percent(area.left, width),
  top: percent(area.top, height),
  width: percent(area.width, width),
  height: percent(area.height, height),
})

/** The character as it will be sent: the part in the frame, on its background. */
export function FittedPicture({
  character,
  framing: { bounds, layout, fit, hasBackground },
}: {
  readonly character: CharacterInspection
  readonly framing: Framing
}) {
  const { size } = bounds
  const whole = { left: 0, top: 0, ...size }
  const { kept, canvas, shown } = layout ?? { kept: whole, canvas: size, shown: whole }
  return (
    <PictureBox size={canvas} {...(hasBackground && { background: fit.background })}>
      <div className="absolute overflow-hidden" style={placeOn(shown, canvas)}>
        {/* As large as the whole picture would be, moved so that the kept part is in sight. */}
        <div
          className="absolute"
          style={{
            left: percent(-kept.left, kept.width),
            top: percent(-kept.top, kept.height),
            width: percent(size.width, kept.width),
            height: percent(size.height, kept.height),
          }}
        >
          <PictureSource character={character} />
        </div>
      </div>
    </PictureBox>
  )
}
