import {
  Blend,
  Columns2,
  Diff,
  Expand,
  ArrowLeftRight,
  Minus,
  Plus,
  Rows2,
  Shrink,
  SquareSplitHorizontal,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { keysOf } from '../../lib/shortcuts.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Keys } from '../../ui/Keys.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { Slider } from '../../ui/Slider.tsx'
import { modes, refit, type Mode, type View } from './engine/view.ts'
import type { ViewCommands } from './use-view.ts'

const modeNames: Readonly<Record<Mode, string>> = {
  'side-by-side': 'Side by side',
  stacked: 'Stacked',
  wipe: 'Wipe',
  overlay: 'Overlay',
  blink: 'Blink',
  difference: 'Difference',
}

const modeIcons: Readonly<Record<Mode, ReactNode>> = {
  'side-by-side': <Columns2 />,
  stacked: <Rows2 />,
  wipe: <SquareSplitHorizontal />,
  overlay: <Blend />,
  blink: <ArrowLeftRight />,
  difference: <Diff />,
}

const modeOptions = () =>
  modes.map((mode) => ({
    value: mode,
    label: modeNames[mode],
    icon: modeIcons[mode],
    keys: keysOf('comparison', mode),
  }))

const percent = (share: number) => `${String(Math.round(share * 100))} %`

type ModeControlProps = {
  readonly view: View
  readonly several: boolean
  readonly onChange: (change: Partial<View>) => void
}

const Named = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <span className="flex items-center gap-2 text-xs whitespace-nowrap text-faint">
    {name}
    {children}
  </span>
)

function Several({ view, onChange }: Omit<ModeControlProps, 'several'>) {
  return (
    <Segmented
      size="small"
      label="Layout of several takes"
      value={view.several}
      options={[
        { value: 'grid', label: 'Grid' },
        { value: 'strip', label: 'Strip' },
      ]}
      onChange={(several) => {
        onChange({ several })
      }}
    />
  )
}

function Mix({ view, onChange }: Omit<ModeControlProps, 'several'>) {
  return (
    <Named name="Mix">
      <Slider
        className="w-24"
        labels={['Mix of reference and result']}
        values={[Math.round(view.mix * 100)]}
        min={0}
        max={100}
        step={5}
        describe={(value) => `${String(value)} percent result`}
        onChange={([value = 50]) => {
          onChange({ mix: value / 100 })
        }}
      />
      <span className="tabular w-10 text-soft">{percent(view.mix)}</span>
    </Named>
  )
}

function Gain({ view, onChange }: Omit<ModeControlProps, 'several'>) {
  return (
    <Named name="Gain">
      <Slider
        className="w-24"
        labels={['Gain of the difference']}
        values={[view.gain]}
        min={1}
        max={8}
        step={1}
        describe={(value) => `${String(value)} times`}
        onChange={([gain = 1]) => {
          onChange({ gain })
        }}
      />
      <span className="tabular w-6 text-soft">{view.gain}×</span>
    </Named>
  )
}

const rates = ['0', '1', '2', '3', '4'] as const
const rateOptions = rates.map((rate) =>
  rate === '0' ? { value: rate, label: 'Hold' } : { value: rate, label: `${rate} Hz`, short: rate },
)

function Blink({ view: { blink }, onChange }: Omit<ModeControlProps, 'several'>) {
  return (
    <span className="flex items-center gap-2 text-xs text-faint">
      <Segmented
        size="small"
        label="Blink"
        value={String(blink.rate)}
        options={rateOptions}
        onChange={(value) => {
          const rate = ([0, 1, 2, 3, 4] as const).find((known) => String(known) === value)
          if (rate !== undefined) onChange({ blink: { ...blink, rate } })
        }}
      />
      Hz
      <Keys keys={keysOf('comparison', 'blink-other')} />
    </span>
  )
}

/** What can be set in the mode that is on. */
function ModeControl({ several, ...props }: ModeControlProps) {
  switch (props.view.mode) {
    case 'side-by-side':
    case 'stacked':
      return several ? <Several {...props} /> : null
    case 'wipe':
      return (
        <Named name={`Line at ${percent(props.view.line)}`}>
          <Keys keys={keysOf('comparison', 'wipe-follow')} />
        </Named>
      )
    case 'overlay':
      return <Mix {...props} />
    case 'blink':
      return <Blink {...props} />
    case 'difference':
      return <Gain {...props} />
  }
}

type Fit = View['fit']

const fitOptions: readonly { readonly value: Fit; readonly label: string }[] = [
  { value: 'fit', label: 'Fit' },
  { value: 'fill', label: 'Fill' },
  { value: 'actual', label: '1:1' },
]

/** Which of the fits is on; none after a zoom. */
const fitOf = ({ fit, zoom }: View): Fit | '' =>
  zoom === null || (fit === 'actual' && zoom === 1) ? fit : ''

type ZoomProps = Pick<ModeBarProps, 'view' | 'zoom' | 'onChange' | 'commands'>

function Zoom({ view, zoom, onChange, commands }: ZoomProps) {
  return (
    <div role="group" aria-label="Zoom" className="flex items-center gap-1">
      <Segmented
        size="small"
        label="Size of the pictures"
        value={fitOf(view)}
        options={fitOptions}
        onChange={(fit) => {
          if (fit === 'actual') commands['zoom-actual']()
          else if (fit !== '') onChange(refit(view, fit))
        }}
      />
      <IconButton
        size="small"
        side="top"
        label="Zoom out"
        keys={keysOf('comparison', 'zoom-out')}
        icon={<Minus />}
        onClick={commands['zoom-out']}
      />
      <output aria-label="Zoom" className="tabular w-12 text-center text-xs text-soft">
        {percent(zoom)}
      </output>
      <IconButton
        size="small"
        side="top"
        label="Zoom in"
        keys={keysOf('comparison', 'zoom-in')}
        icon={<Plus />}
        onClick={commands['zoom-in']}
      />
    </div>
  )
}

export type ModeBarProps = {
  readonly view: View
  /** Screen pixels per pixel of the reference. */
  readonly zoom: number
  /** How many takes are compared with the reference. */
  readonly takes: number
  readonly commands: ViewCommands
  readonly onChange: (change: Partial<View>) => void
  readonly fullScreen: { readonly isOn: boolean; readonly toggle: () => void }
  /** More buttons, at the end. */
  readonly children?: ReactNode
}

/** How the pictures are looked at: the mode, what it can be told, and how large. */
export function ModeBar({ view, zoom, takes, commands, onChange, fullScreen, children }: ModeBarProps) {
  return (
    <div
      role="group"
      aria-label="View"
      className="@container shrink-0 border-b border-line bg-panel px-3 py-1"
      onMouseDown={(event) => {
        // A click does not take the focus, so that the keys keep moving the videos and not the clicked control.
        event.preventDefault()
      }}
    >
      <div className="flex items-center gap-x-3 gap-y-1 @max-[40rem]:flex-wrap">
        <Segmented
          size="small"
          iconsWhereNarrow
          label="Mode"
          value={view.mode}
          options={modeOptions()}
          onChange={(mode) => {
            commands[mode]()
          }}
        />
        <ModeControl view={view} several={takes > 1} onChange={onChange} />
        <div className="ml-auto flex items-center gap-3 @max-[40rem]:ml-0 @max-[40rem]:flex-wrap">
          <Zoom view={view} zoom={zoom} onChange={onChange} commands={commands} />
          <div className="flex items-center">
            {children}
            <IconButton
              size="small"
              label={fullScreen.isOn ? 'Leave full screen' : 'Full screen'}
              keys={keysOf('comparison', 'full-screen')}
              icon={fullScreen.isOn ? <Shrink /> : <Expand />}
              pressed={fullScreen.isOn}
              onClick={fullScreen.toggle}
            />
          </div>
        </div>
      </div>
    </div>
  )
}
