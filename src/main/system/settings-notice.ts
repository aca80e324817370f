import { fail, type Problem } from '../../shared/outcome.ts'
import type { Guards } from '../../shared/domain/spend.ts'

/** What became of settings that could not be read, for as long as nobody has looked at the limits. */
export function settingsProblem({ lost }: Guards): Problem | null {
  if (lost === undefined) return null
  const isAside = lost.includes('.damaged-')
  return fail(
    'file-damaged',
    isAside
      ? `The settings could not be read and begin anew; the damaged file is kept as ${lost}.`
      : `The spending limits in ${lost} cannot be read.`,
    {
      advice:
        `${isAside ? 'Accounts, prices and limits are to be entered once more.' : ''} Until you set a limit in the window, a paid take goes only past a question of its own.`.trimStart(),
    },
  ).problem
}
