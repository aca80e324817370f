/** Frames in a row of which each is shown one tick after the one before. */
type Run = { readonly from: number; readonly ahead: number }

function runsOf(ticks: readonly number[]): readonly Run[] {
  const runs: Run[] = []
  for (const [frame, tick] of ticks.entries()) {
    const ahead = tick - frame
    if (runs.at(-1)?.ahead !== ahead) runs.push({ from: frame, ahead })
  }
  return runs
}

const tickOf = ({ ahead }: Run) => (ahead === 0 ? 'N' : `N${ahead > 0 ? '+' : ''}${String(ahead)}`)

/** A balanced tree: ffmpeg’s parser ends at a hundred brackets one in another, and each frame asks it once. */
function tree(runs: readonly Run[]): string {
  const [first] = runs
  if (first === undefined) return 'N'
  if (runs.length === 1) return tickOf(first)
  const half = runs.length >> 1
  const right = runs.slice(half)
  return `if(lt(N,${String(right[0]?.from)}),${tree(runs.slice(0, half))},${tree(right)})`
}

/** An expression of ffmpeg for `ticks[N]`, where N is the number of a decoded frame. */
export const tickExpression = (ticks: readonly number[]): string => tree(runsOf(ticks))
