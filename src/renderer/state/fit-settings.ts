import type { AccountView } from '../../shared/domain/account.ts'
import type { ProviderView } from '../../shared/domain/views.ts'
import type { FitChoices } from '../../shared/domain/fit.ts'
import type { TakeSettings } from '../../shared/domain/take.ts'
import { accountsOf, findModel } from './chosen.ts'

const kept = <T>(value: T, choices: readonly T[]): T =>
  choices.includes(value) ? value : (choices[0] ?? value)

/** The account that was wanted, else the first of the provider; the wanted one stays while none is known. */
function fitAccount(wanted: TakeSettings, provider: string, accounts: readonly AccountView[]): string | null {
  const own = accountsOf(accounts, provider)
  const ids = own.map(({ account }) => account.id)
  if (wanted.account !== null && ids.includes(wanted.account)) return wanted.account
  return ids[0] ?? (wanted.provider === provider ? wanted.account : null)
}

/** A frame belongs to one picture, and a way to lengthen was chosen for one clip: a new file starts without them. */
export const fitForNew = (
  fit: FitChoices,
  { character, clip }: { readonly character?: boolean; readonly clip?: boolean },
): FitChoices => ({ ...fit, ...(character && { crop: null }), ...(clip && { short: null }) })

/** What was wanted, as far as the model knows it; a model that is not there any more gives way to the first one. */
export function fitSettings(
  wanted: TakeSettings,
  providers: readonly ProviderView[],
  accounts: readonly AccountView[],
): TakeSettings {
  const model = findModel(providers, wanted) ?? providers[0]?.models[0]
  if (!model) return wanted
  const practice = providers.find(({ id }) => id === model.provider)?.practice === true
  return {
    ...wanted,
    provider: model.provider,
    account: practice ? null : fitAccount(wanted, model.provider, accounts),
    model: model.model,
    orientation: kept(wanted.orientation, model.orientations),
    mode: kept(wanted.mode, model.modes),
    negativePrompt: model.negativePrompt ? wanted.negativePrompt : '',
    elements: model.elements ? wanted.elements : [],
    watermark: model.watermark && wanted.watermark,
    callbackUrl: model.callback ? wanted.callbackUrl : null,
  }
}
