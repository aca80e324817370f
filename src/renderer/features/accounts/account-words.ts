import type { Account, AccountReport, AccountView, RemoteProvider } from '../../../shared/domain/account.ts'
import type { ProviderView } from '../../../shared/domain/views.ts'
import type { Tone } from '../../lib/tone.ts'

/** What each service is good for, in one line. */
export const purposes: Readonly<Record<RemoteProvider, string>> = {
  kling: 'Kling’s own API: versions 2.6 and 3.0, elements, prepaid packs of units.',
  'kling-gateway': 'Services that forward takes to Kling and bill you themselves.',
  oxen: 'Kling 3.0 Pro. Reports its current price and can cancel takes.',
  modelslab: 'Kling 2.6 through ModelsLab’s own API.',
  highway: 'Kling 3.0 at Highway, JieKou and Novita, which share one API.',
}

const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).host : url)

/** Where the account lives. */
export function addressWords({ baseUrl }: Account, addresses: ProviderView['addresses']): string {
  if (baseUrl === null) return 'documented address'
  const known = addresses.find(({ url }) => url === baseUrl)
  return known ? `${known.name} (${hostOf(baseUrl)})` : hostOf(baseUrl)
}

/** The environment variables that this account's key came from. */
export const variablesOf = ({ key, variables }: AccountView): string =>
  (key.kind === 'pair' ? variables.slice(1) : variables.slice(0, 1)).join(' and ')

type KeyWords = { readonly text: string; readonly tone: 'plain' | 'warn' | 'bad' }

function stateWords(view: AccountView): KeyWords {
  const pair = view.key.kind === 'pair'
  const what = pair ? 'Access key and secret key' : 'Key'
  switch (view.key.state) {
    case 'kept':
      return { text: `${what} stored in the system’s key store`, tone: 'plain' }
    case 'this-session':
      return { text: `${what} kept only until you close Understudy: no key store here`, tone: 'warn' }
    case 'needed-again':
      return { text: `${what} needed again: the key store can’t open ${pair ? 'them' : 'it'}`, tone: 'bad' }
    case 'environment':
      return { text: `${what} from the environment: ${variablesOf(view)}`, tone: 'plain' }
    case 'none':
      return { text: `${what} missing`, tone: 'bad' }
  }
}

/** Where the key is, in plain words, with the little of it that may be shown. */
export function keyWords(view: AccountView): KeyWords {
  const { text, tone } = stateWords(view)
  return { text: view.key.lastFour === null ? text : `${text}, ends in ${view.key.lastFour}`, tone }
}

export const verdictWords: Readonly<
  Record<AccountReport['verdict'], { readonly label: string; readonly tone: Tone }>
> = {
  works: { label: 'Works', tone: 'good' },
  refused: { label: 'Refused', tone: 'bad' },
  undecided: { label: 'Unclear', tone: 'warn' },
}
