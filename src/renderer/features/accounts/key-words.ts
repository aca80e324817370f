import type { AccountView } from '../../../shared/account.ts'
import type { Tone } from '../../ui/tone.ts'

const variablesFor = ({ key, variables }: AccountView) => {
  const ofPair = variables.filter((name) => /_(ACCESS|SECRET)_KEY$/.test(name))
  return key.kind === 'pair' ? ofPair : variables.filter((name) => !ofPair.includes(name))
}

function whereItIs(view: AccountView): string {
  switch (view.key.state) {
    case 'kept':
      return 'kept by the system’s key store'
    case 'this-session':
      return 'only until Understudy is closed'
    case 'needed-again':
      return 'needed again: the key store can no longer read it'
    case 'environment':
      return `from the environment variable ${variablesFor(view).join(' and ')}`
    case 'none':
      return 'missing'
  }
}

/** Where the key of an account is, in plain words, with its last four where they are known. */
export function keyWords(view: AccountView): string {
  const { kind, lastFour } = view.key
  const name = kind === 'pair' ? 'Access key and secret key' : 'Key'
  return `${name}${lastFour === null ? '' : ` …${lastFour}`}: ${whereItIs(view)}`
}

export const keyTone = ({ key }: AccountView): Tone =>
  key.state === 'none' || key.state === 'needed-again'
    ? 'bad'
    : key.state === 'this-session'
      ? 'warn'
      : 'good'
