import { expect, it } from 'vitest'
import { soakTakes } from '../soak/soak.ts'

it('pays for no take twice and loses none, however often it is killed and however badly it is answered', async () => {
  const { violations, ...report } = await soakTakes(20, 4)
  expect(violations).toEqual([])
  expect(report.kills).toBeGreaterThan(2)
  expect(report.tasks).toBe(20)
})
