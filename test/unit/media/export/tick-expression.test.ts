import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tickExpression } from '../../../../src/main/media/export/tick-expression.ts'

/** What ffmpeg makes of `if(lt(N,limit),then,else)` and `N+number`, and how deep the brackets go. */
function evaluate(expression: string, frame: number): { readonly tick: number; readonly depth: number } {
  let rest = expression
  let deepest = 0
  const take = (form: RegExp) => {
    const found = form.exec(rest)
    if (found === null) throw new Error(`Unexpected: ${rest.slice(0, 40)}`)
    rest = rest.slice(found[0].length)
    return found[1] ?? ''
  }
  const read = (depth: number): number => {
    deepest = Math.max(deepest, depth)
    if (!rest.startsWith('if(')) return frame + Number(take(/^N([+-]\d+)?/) || 0)
    const limit = Number(take(/^if\(lt\(N,(\d+)\),/))
    const yes = read(depth + 1)
    take(/^,/)
    const no = read(depth + 1)
    take(/^\)/)
    return frame < limit ? yes : no
  }
  const tick = read(1)
  expect(rest).toBe('')
  return { tick, depth: deepest }
}

describe('the tick of a frame as an expression', () => {
  it('is the number of the frame where every frame has a tick of its own', () => {
    expect(tickExpression([0, 1, 2, 3])).toBe('N')
    expect(tickExpression([2, 3, 4])).toBe('N+2')
    expect(tickExpression([0, 0, 0])).toBe('if(lt(N,1),N,if(lt(N,2),N-1,N-2))')
  })

  it('gives the tick of every frame, whatever the list', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3), { minLength: 1, maxLength: 300 }), (gaps) => {
        let at = 0
        const ticks = gaps.map((gap) => (at += gap))
        const expression = tickExpression(ticks)
        expect(ticks.map((_, frame) => evaluate(expression, frame).tick)).toEqual(ticks)
      }),
    )
  })

  it('goes no deeper than ffmpeg can read, even for an hour of frames', () => {
    const hour = Array.from({ length: 108_000 }, (_, frame) => frame * 2)
    expect(evaluate(tickExpression(hour), 90_000)).toEqual({ tick: 180_000, depth: 18 })
  })
})
