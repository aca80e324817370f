import { useEffect, useState } from 'react'
import type { CallAnswer } from '../../../shared/contract.ts'
import type { Outcome } from '../../../shared/outcome.ts'
import { useApp } from '../../state/store.ts'
import { desktop } from '../../lib/desktop.ts'
import {
  bucketOf,
  fieldsOf,
  keysOf,
  problemsOf,
  type BucketFields,
  type BucketProblems,
} from './bucket-fields.ts'

/** What the last button told: nothing yet, something under way, or the answer. */
type Told =
  | { readonly of: 'save' | 'test'; readonly answer: Outcome<null> | null }
  | { readonly of: null; readonly answer: null }

const nothingTold: Told = { of: null, answer: null }

/** The bucket as it is kept, as it stands in the form, and what saving and testing told. */
export function useBucket() {
  const kept = useApp((state) => state.settings.bucket)
  const setSettings = useApp((state) => state.setSettings)
  const [fields, setFields] = useState<BucketFields>(() => fieldsOf(kept))
  const [problems, setProblems] = useState<BucketProblems>({})
  const [keys, setKeys] = useState<CallAnswer<'bucket:keys'> | null>(null)
  const [told, setTold] = useState<Told>(nothingTold)
  const [changed, setChanged] = useState(false)

  const [savings, setSavings] = useState(0)

  useEffect(() => {
    void desktop()
      .ask['bucket:keys']({})
      .then((answer) => {
        if (answer.ok) setKeys(answer.value)
      })
  }, [savings])

  async function save() {
    const found = problemsOf(fields)
    setProblems(found)
    if (Object.keys(found).length > 0) return
    const bucket = bucketOf(fields)
    setTold({ of: 'save', answer: null })
    const answer = await desktop().ask['bucket:save']({ bucket, keys: keysOf(fields) })
    setTold({ of: 'save', answer })
    if (!answer.ok) return
    setFields(fieldsOf(bucket))
    setChanged(false)
    setSettings({ ...useApp.getState().settings, bucket })
    setSavings((before) => before + 1)
  }

  async function test() {
    setTold({ of: 'test', answer: null })
    setTold({ of: 'test', answer: await desktop().ask['bucket:test']({}) })
  }

  const change = (to: Partial<BucketFields>) => {
    setFields((before) => ({ ...before, ...to }))
    setProblems({})
    setTold(nothingTold)
    setChanged(true)
  }
  return { fields, problems, keys, told, changed, change, save, test }
}
