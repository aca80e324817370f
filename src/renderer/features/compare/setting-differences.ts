import type { Take, TakeSettings } from '../../../shared/domain/take.ts'
import { modelWords, modeWords, orientationWords, shortWords } from '../../lib/setting-words.ts'

type SettingRow = {
  readonly name: string
  /** One for each take, in their order. */
  readonly values: readonly string[]
}

type Compared = Pick<Take, 'characterName' | 'settings'>

const yesNo = (value: boolean) => (value ? 'Yes' : 'No')

const percent = (share: number) => String(Math.round(share * 1000) / 10)

function cropWords({ crop }: TakeSettings['fit']): string {
  if (crop === null) return 'None'
  const { x, y, width, height } = crop
  return `${percent(width)} × ${percent(height)} % at ${percent(x)}, ${percent(y)} %`
}

/** Everything but the prompts that can change a result. The account and the callback address cannot. */
const settings: readonly { readonly name: string; readonly of: (take: Compared) => string }[] = [
  { name: 'Character', of: ({ characterName }) => characterName },
  { name: 'Model', of: (take) => modelWords(take.settings) },
  { name: 'Orientation', of: (take) => orientationWords[take.settings.orientation].title },
  { name: 'Mode', of: (take) => modeWords[take.settings.mode] },
  { name: 'Elements', of: (take) => take.settings.elements.join(', ') || 'None' },
  { name: 'Keep sound', of: (take) => yesNo(take.settings.keepSound) },
  { name: 'Watermark', of: (take) => yesNo(take.settings.watermark) },
  {
    name: 'Short clip',
    of: ({ settings: { fit } }) => (fit.short === null ? 'Unchanged' : shortWords[fit.short]),
  },
  { name: 'Picture shape', of: ({ settings: { fit } }) => (fit.aspect === 'pad' ? 'Add borders' : 'Crop') },
  { name: 'Crop', of: ({ settings: { fit } }) => cropWords(fit) },
  { name: 'Background', of: ({ settings: { fit } }) => fit.background },
]

const differ = (values: readonly string[]) => values.some((value) => value !== values[0])

/** The settings in which the takes differ. */
export const differingSettings = (takes: readonly Compared[]): readonly SettingRow[] =>
  settings.map(({ name, of }) => ({ name, values: takes.map(of) })).filter(({ values }) => differ(values))

/** The prompts in which the takes differ. */
export const differingPrompts = (takes: readonly Compared[]): readonly SettingRow[] =>
  [
    { name: 'Prompt', values: takes.map((take) => take.settings.prompt) },
    { name: 'Negative prompt', values: takes.map((take) => take.settings.negativePrompt) },
  ].filter(({ values }) => differ(values))
