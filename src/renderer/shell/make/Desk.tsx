import { ElementField } from '../../features/elements/ElementField.tsx'
import { Findings } from '../../features/findings/Findings.tsx'
import { FitPlan } from '../../features/findings/FitPlan.tsx'
import { GenerateButton, PrepareOnly, ReadyLine } from '../../features/generate/GenerateButton.tsx'
import type { GenerateControl } from '../../features/generate/use-generate.ts'
import { FramingChoice } from '../../features/inputs/crop/CropBar.tsx'
import { PreviewButton } from '../../features/prepared-files/PreviewDialog.tsx'
import { HostChoice } from '../../features/take-form/HostChoice.tsx'
import { PresetMenu } from '../../features/take-form/Presets.tsx'
import { CallbackField } from '../../features/take-form/PromptField.tsx'
import { ProviderChoice } from '../../features/take-form/ProviderChoice.tsx'
import { MainSettings, WatermarkSwitch } from '../../features/take-form/TakeForm.tsx'
import { checksWords, countsOf, enlargedIn, fixesWords } from '../../lib/report-words.ts'
import { chosenAccount, isKeyed } from '../../state/accounts.ts'
import { deliveryView, usableHost } from '../../state/delivery.ts'
import { chosenModel, chosenProvider } from '../../state/inputs.ts'
import { useApp } from '../../state/store.ts'
import { useReport } from '../../state/use-report.ts'
import { Callout } from '../../ui/Callout.tsx'
import { DeskFold } from './DeskFold.tsx'
import { useProviderWords } from './provider-words.ts'
import { text } from '../text.ts'

function ProviderFold() {
  const needsAccount = useApp(
    (state) => chosenProvider(state)?.practice === false && !isKeyed(chosenAccount(state)),
  )
  const words = useProviderWords()
  return (
    <DeskFold
      fold="provider"
      title="Provider"
      value={words}
      tone={needsAccount ? 'warn' : 'plain'}
      calls={needsAccount}
    >
      <ProviderChoice />
    </DeskFold>
  )
}

function ChecksFold() {
  const { report } = useReport()
  const problem = useApp((state) => state.checked?.problem ?? null)
  const counts = report ? countsOf(report) : { problems: 0, warnings: 0 }
  if (!report && !problem) return null
  const tone = problem || counts.problems > 0 ? 'bad' : counts.warnings > 0 ? 'warn' : 'plain'
  return (
    <DeskFold
      fold="checks"
      title="Checks"
      value={problem ? problem.message : checksWords(report)}
      tone={tone}
      calls={tone === 'bad'}
    >
      {problem && (
        <Callout tone="bad" title={problem.message}>
          {problem.advice}
        </Callout>
      )}
      <Findings target="character" />
      <Findings target="clip" />
      <Findings target="settings" />
    </DeskFold>
  )
}

function FixesFold() {
  const { report } = useReport()
  const character = useApp((state) => state.character)
  if (!report) return null
  return (
    <DeskFold
      fold="fixes"
      title="Fixes"
      value={fixesWords(report)}
      tone={enlargedIn(report).length > 0 ? 'warn' : 'plain'}
    >
      {character && <FramingChoice character={character} />}
      <FitPlan />
      <PreviewButton />
    </DeskFold>
  )
}

function FilesFold() {
  const needed = useApp(
    (state) => chosenProvider(state)?.practice === false && chosenAccount(state) !== undefined,
  )
  const host = useApp((state) => usableHost(deliveryView(state))?.name)
  const isChosen = host !== undefined
  if (!needed) return null
  return (
    <DeskFold
      fold="files"
      title="Files go by"
      value={isChosen ? `${host} ✓` : text.chooseOne}
      tone={isChosen ? 'plain' : 'warn'}
      calls={!isChosen}
    >
      <HostChoice />
    </DeskFold>
  )
}

function ExtraFolds() {
  const model = useApp(chosenModel)
  const watermark = useApp((state) => state.takeSettings.watermark)
  const elements = useApp((state) => state.takeSettings.elements.length)
  const callback = useApp((state) => state.takeSettings.callbackUrl)
  if (!model) return null
  const more = [...(watermark ? ['watermark'] : []), ...(elements > 0 ? ['element'] : [])].join(', ')
  return (
    <>
      {(model.watermark || model.elements) && (
        <DeskFold fold="more" title="More" value={more}>
          {model.watermark && <WatermarkSwitch />}
          <ElementField model={model} />
        </DeskFold>
      )}
      {model.callback && (
        <DeskFold fold="advanced" title="Advanced" value={callback === null ? '' : 'callback'}>
          <CallbackField />
        </DeskFold>
      )}
    </>
  )
}

/** Everything about a take besides the two files; only what the chosen model knows. */
export function DeskSettings() {
  const model = useApp(chosenModel)
  if (!model) return null
  return (
    <form
      aria-label="Settings of the take"
      className="min-h-0 flex-1 overflow-y-auto"
      onSubmit={(event) => {
        event.preventDefault()
      }}
    >
      <div className="flex h-10 items-center justify-between pr-3 pl-4">
        <h2 className="text-sm font-semibold">{text.settings}</h2>
        <PresetMenu />
      </div>
      <ProviderFold />
      <div className="space-y-3.5 border-t border-line px-4 pt-3 pb-4">
        <MainSettings model={model} />
      </div>
      <ChecksFold />
      <FixesFold />
      <FilesFold />
      <ExtraFolds />
    </form>
  )
}

/** What a creator decides, and the one button. */
export function Desk({ control }: { readonly control: GenerateControl }) {
  return (
    <aside aria-label="Desk" className="flex w-80 shrink-0 flex-col border-l border-line bg-panel">
      <DeskSettings />
      <div className="shrink-0 space-y-1.5 border-t border-line px-4 pt-3 pb-2">
        <GenerateButton control={control} className="w-full" />
        <div className="flex h-7 items-center gap-2">
          <ReadyLine control={control} className="flex-1" />
          <PrepareOnly />
        </div>
      </div>
    </aside>
  )
}
