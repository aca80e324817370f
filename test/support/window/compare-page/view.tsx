import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { CompareView } from '../../../../src/renderer/features/compare/CompareView.tsx'
import { useApp } from '../../../../src/renderer/state/store.ts'
import type { PlayableVideo } from '../../../../src/shared/domain/views.ts'
import { ok } from '../../../../src/shared/outcome.ts'
import { aTake } from '../../library/a-take.ts'
import { createFakeBridge } from '../fake-bridge.ts'

/** The comparison as the app shows it, over a studio held in memory; `view.json` names its videos. */

const answer = await fetch('view.json')
// Written by the test beside this page.
const {
  reference,
  result,
  others = [],
  together = false,
} = (await answer.json()) as {
  readonly reference: PlayableVideo
  readonly result: PlayableVideo
  /** Of other takes. */
  readonly others?: readonly PlayableVideo[]
  /** Compared from the beginning. */
  readonly together?: boolean
}
const takes = [result, ...others].map((video, nth) => ({
  take: aTake({ state: 'DONE', attempt: 1, id: `01K9${String(nth).padStart(22, '0')}` }),
  result: video,
}))
const [take = aTake()] = takes.map((one) => one.take)
const fake = createFakeBridge({ takes: takes.map((one) => one.take) })
useApp.setState({ takes: Object.fromEntries(takes.map((one) => [one.take.id, one.take])) })
fake.answer('take:compare', ({ takes: ids }) =>
  Promise.resolve(ok({ reference, takes: ids.flatMap((id) => takes.filter((one) => one.take.id === id)) })),
)
fake.answer('take:sound', ({ side }) => {
  const { url: media, duration } = side === 'reference' ? reference : result
  return Promise.resolve(ok({ media, duration }))
})
Object.assign(window, { understudy: fake.bridge })

useApp.subscribe(({ notices }) => {
  document.body.dataset['told'] = notices.at(-1)?.title ?? ''
})

const heard = (what: string) => () => {
  document.body.dataset['heard'] = what
}

const root = document.getElementById('root')
if (!root) throw new Error('view.html has no #root')
createRoot(root).render(
  <StrictMode>
    <CompareView
      takeId={take.id}
      others={together ? takes.slice(1).map((one) => one.take.id) : []}
      onClose={heard('close')}
      onSave={heard('save')}
      onReveal={heard('reveal')}
    />
  </StrictMode>,
)
