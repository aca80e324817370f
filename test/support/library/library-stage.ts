import { afterEach, beforeEach } from 'vitest'
import { countingProvider } from '../servers/counting-provider.ts'
import { dropFolder, makeFolder, type Bench } from './library.ts'

/** A fresh folder for each test; whatever library and providers the test opened in it are closed and gone afterwards. */
export function libraryStage() {
  const providers: { readonly close: () => Promise<void> }[] = []
  const stage = {
    folder: '',
    bench: undefined as Bench | undefined,
    provider: async (...script: Parameters<typeof countingProvider>) => {
      const one = await countingProvider(...script)
      providers.push(one)
      return one
    },
  }
  beforeEach(() => {
    stage.folder = makeFolder()
  })
  afterEach(async () => {
    await stage.bench?.close()
    stage.bench = undefined
    await Promise.all(providers.splice(0).map((one) => one.close()))
    dropFolder(stage.folder)
  })
  return stage
}
