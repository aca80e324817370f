import { StrictMode, useEffect, useRef, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { paint } from '../../../../src/renderer/features/compare/engine/paint.ts'
import { renderStill } from '../../../../src/renderer/features/compare/engine/still.ts'
import { changesAlone } from '../../../../src/renderer/features/compare/engine/view.ts'
import { ModeBar } from '../../../../src/renderer/features/compare/ModeBar.tsx'
import { StillButtons } from '../../../../src/renderer/features/compare/StillButtons.tsx'
import { useFullScreen } from '../../../../src/renderer/features/compare/use-full-screen.ts'
import { useStage } from '../../../../src/renderer/features/compare/use-stage.ts'
import { useView } from '../../../../src/renderer/features/compare/use-view.ts'
import { WipeHandle } from '../../../../src/renderer/features/compare/WipeHandle.tsx'
import { shortcuts, type CommandOf } from '../../../../src/renderer/lib/shortcuts.ts'
import { useShortcuts } from '../../../../src/renderer/lib/use-shortcuts.ts'
import type { Size } from '../../../../src/renderer/features/compare/engine/arrangement.ts'
import { madePictures } from './made-pictures.ts'

/** The view of a comparison over made pictures: modes, zoom, pan, stills; no videos and no time. */

const { sizes = [] } = Object.fromEntries(new URLSearchParams(location.search))
const asked = (typeof sizes === 'string' ? sizes : '320x180,320x180').split(',').map((size): Size => {
  const [width = 0, height = 0] = size.split('x').map(Number)
  return { width, height }
})
const pictures = madePictures(asked)
const stillSides = pictures.map((picture) => ({ picture, original: null }))
const ids = ['reference', 'made']
// Time stands still here: of all commands only those of the view do anything. The names come from the table.
const idle = Object.fromEntries(
  shortcuts.comparison.flatMap(({ commands }) => Object.keys(commands)).map((id) => [id, () => undefined]),
) as Readonly<Record<CommandOf<'comparison'>, () => void>>

function Pictures() {
  const room = useRef<HTMLDivElement>(null)
  const area = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const [clicks, setClicks] = useState(0)
  const stage = useStage(room)
  const fullScreen = useFullScreen()
  const look = useView({
    ids,
    kept: null,
    area,
    stage,
    sides: pictures,
    onClick: () => {
      setClicks((now) => now + 1)
    },
  })
  const { view, placed } = look
  useShortcuts('comparison', { ...idle, ...look.commands, 'full-screen': fullScreen.toggle }, look.onRelease)

  useEffect(() => {
    const element = canvas.current
    if (!element) return undefined
    element.width = stage.width
    element.height = stage.height
    const context = element.getContext('2d')
    let frame = 0
    const draw = () => {
      if (!context) return
      const panes = paint(context, stage, pictures, view, performance.now())
      element.dataset['panes'] = JSON.stringify(panes)
      if (changesAlone(view)) frame = requestAnimationFrame(draw)
    }
    draw()
    return () => {
      cancelAnimationFrame(frame)
    }
  }, [stage, view])

  const [first] = placed
  return (
    <section
      aria-label="Comparison"
      data-clicks={clicks}
      className={fullScreen.isOn ? 'fixed inset-0 z-30 flex flex-col bg-canvas' : 'flex h-full flex-col'}
    >
      <ModeBar
        view={view}
        zoom={look.zoom}
        takes={pictures.length - 1}
        commands={look.commands}
        onChange={look.change}
        fullScreen={fullScreen}
      >
        <StillButtons
          render={() => renderStill(stage, stillSides, view, performance.now())}
          onSave={(still) => {
            void still.then(({ picture: { size } }) => {
              document.body.dataset['saved'] = String(size)
            })
          }}
        />
      </ModeBar>
      <div className="min-h-0 flex-1 bg-stage p-3">
        <div ref={room} className="relative h-full">
          <div
            ref={area}
            style={stage.box}
            className="absolute touch-none data-[pannable=true]:cursor-grab"
            {...look.area}
          >
            <canvas ref={canvas} className="size-full" />
            {view.mode === 'wipe' && first && (
              <WipeHandle
                region={first.region}
                scale={stage.scale}
                line={view.line}
                onLine={(line) => {
                  look.change({ line })
                }}
              />
            )}
          </div>
        </div>
      </div>
    </section>
  )
}

const root = document.getElementById('root')
if (!root) throw new Error('picture.html has no #root')
createRoot(root).render(
  <StrictMode>
    <Pictures />
  </StrictMode>,
)
