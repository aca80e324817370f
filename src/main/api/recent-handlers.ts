import { ok } from '../../shared/outcome.ts'
import type { Handlers } from './dispatch.ts'
import type { Shelf } from '../files/files.ts'
import { resolveInputs } from './resolve-inputs.ts'
import type { Studio } from '../core/studio-types.ts'

type RecentCalls = 'recent:list' | 'recent:open' | 'recent:forget' | 'prepare:preview'

export function recentHandlers(
  { recents, previews }: Pick<Studio, 'recents' | 'previews'>,
  shelf: Shelf,
): Pick<Handlers, RecentCalls> {
  return {
    'recent:list': async () => ok(await recents.list()),
    'recent:open': async ({ pair }) => {
      const found = await recents.open(pair)
      if (!found.ok) return found
      const adopt = async (path: string | null) => (path === null ? ok(null) : shelf.adopt(path))
      const character = await adopt(found.value.character)
      if (!character.ok) return character
      const clip = await adopt(found.value.clip)
      return clip.ok ? ok({ character: character.value, clip: clip.value }) : clip
    },
    'recent:forget': () => {
      recents.forget()
      return Promise.resolve(ok(null))
    },
    'prepare:preview': async (asked, call) => {
      const inputs = resolveInputs(shelf, asked)
      if (!inputs.ok) return inputs
      const view = await previews.make(inputs.value, call)
      if (view.ok) recents.note(inputs.value)
      return view
    },
  }
}
