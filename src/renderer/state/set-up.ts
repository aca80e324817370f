import type { RemoteProvider } from '../../shared/domain/account.ts'
import type { Slice } from './store.ts'

export type SetUpSlice = {
  /** The provider that is being set up, step by step; null while none is. */
  readonly setUpOf: RemoteProvider | null
  readonly beginSetUp: (provider: RemoteProvider) => void
  readonly endSetUp: () => void
}

export const createSetUpSlice: Slice<SetUpSlice> = (set) => ({
  setUpOf: null,
  beginSetUp: (setUpOf) => {
    set({ setUpOf })
  },
  endSetUp: () => {
    set({ setUpOf: null })
  },
})
