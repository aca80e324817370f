import { textIn } from '../../lib/language.ts'

const en = {
  keyFirst: 'Enter the key first.',
  noKeyYet: 'No key yet? Make one at',

  keepStoredKey: 'Leave empty to keep the stored key.',
  getKeyFrom: (place: string) => `Get it from ${place}.`,
  newerApiNeedsKey: 'The newer API needs an API key.',
  repositoryUse: 'Lets Oxen store the files of a take.',
  repositoryIsPublic: 'A public repository shows its files to everyone.',
  repositoryHistory: 'Its history keeps them, even after they are deleted. Use a private one.',
  pollPathUse: 'Only if task status has a different path.',
  addressTrust: 'Gets your key and files. Use trusted services.',
  parallelUse: 'From 1 to 100. Others wait in line.',
  checkingFree: 'Checking. This is free.',
  removeAccount:
    'Its key is deleted from this computer. Finished takes stay. Nothing changes at the provider.',
  notAKey: 'A key has no spaces and no line breaks. Copy it again.',
  bucketEndpointWrong: 'Enter a full address, such as https://s3.eu-central-1.amazonaws.com.',
  bucketRegionWrong: 'Enter the region of the bucket.',
  bucketNameWrong: 'Enter the name of the bucket.',
  bucketPrefixWrong: 'A prefix can contain only letters, digits and . _ - /.',
  bucketEndpointUse: 'The address of the storage service, with https.',
  bucketPrefixUse: 'Added before each name, such as understudy/.',
  bucketSaveFirst: 'Save first. The test uses the saved bucket.',
  bucketWorks: 'It works. A test file was uploaded, downloaded without your keys, and deleted.',
  bucketSaved: 'Bucket saved.',
  bucketKeysSaved: 'Keys are saved. Leave empty to keep them.',
  bucketKeysEnd: (end: string) => `Saved, ends in ${end}. Leave empty to keep.`,
  clipHosts:
    'Providers download clips from a web address. A clip host gives your prepared file such an address.',
  ownBucket:
    'The file is in your own bucket. Only someone with its signed link can download it, for at most 24 hours. Understudy deletes it when the take ends.',
  bucketRules:
    'Set two rules on the bucket in case this computer shuts down before it can clean up: abort incomplete uploads after 1 day, and delete files under the prefix after 7 days.',
  tunnel:
    'Needs cloudflared on this computer, but no account. Understudy serves the file from here through Cloudflare, only while the take needs it. Anyone with its random link can download it.',
  ownLink:
    'If the prepared clip is already online, enter its link with the take. Anyone with the link can download the file. Understudy never removes it.',
  allTasksHere: 'Every task of this account is in your library.',
  newestTasksHere: 'The newest tasks of this account are all in your library.',
  olderTasksUnchecked: 'Older tasks were not checked.',
  findTasks: 'Tasks whose result is not in your library.',
  ownPriceUsed: 'Your own price is used until you reset it.',
  estimates:
    'An estimate is the price per second times the length of the result. Enter what your plan really charges. Understudy never guesses an unknown price.',
  noLimit: 'Leave a field empty for no limit.',
  limits:
    'Leave a field empty for no limit. With a limit, Understudy always asks about a take of unknown cost.',
  ledger:
    'Daily totals and your limits leave out refused takes, and failed takes without a reported charge. Only the provider’s bill is final.',
  nameWrong: 'Give the account a name of at most 60 characters.',
  addressWrong: 'Enter a full address, such as https://api.example.com.',
  parallelWrong: 'Enter a whole number from 1 to 100.',
  pollPathWrong: 'Enter a path that starts with / and contains {id}.',
  repositoryWrong: 'Enter the repository as namespace/repository.',
  newerApiNeedsOwnKey: 'The newer API needs an API key instead of the pair. Enter one.',
} as const

export const text = textIn({ en })
