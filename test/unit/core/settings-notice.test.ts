import { describe, expect, it } from 'vitest'
import { settingsProblem } from '../../../src/main/core/settings-store.ts'
import { lostGuards } from '../../../src/shared/domain/settings.ts'

describe('the notice about settings', () => {
  it('says nothing while limits are known, also where there are none', () => {
    expect(settingsProblem({ perTake: null, perDay: 3 })).toBeNull()
    expect(settingsProblem({ perTake: null, perDay: null })).toBeNull()
  })

  it('names the file that was put aside, and what is to be done', () => {
    const told = settingsProblem(lostGuards('settings.json.damaged-2026-11-20T12-00-00-000Z'))
    expect(told?.message).toContain('kept as settings.json.damaged-2026-11-20T12-00-00-000Z')
    expect(told?.advice).toMatch(
      /^Enter your accounts, prices and limits .* Until you set a limit in the window/,
    )
  })

  it('names the file in which only the limits could not be read', () => {
    const told = settingsProblem(lostGuards('settings.json'))
    expect(told?.message).toBe('The spending limits in settings.json can’t be read.')
    expect(told?.advice).toMatch(/^Until you set a limit/)
  })
})
