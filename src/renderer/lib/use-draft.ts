import { useState } from 'react'

export type Draft = {
  readonly text: string
  /** True while what is typed means nothing, and the settings therefore hold nothing. */
  readonly wrong: boolean
  readonly type: (text: string) => void
  readonly forget: () => void
}

/**
 * Text that becomes a setting only once it means something. `read` gives what a text means, and null for one that
 * means nothing. What was typed gives way as soon as the setting is changed from elsewhere.
 */
export function useDraft(
  setting: string | null,
  read: (text: string) => string | null,
  change: (setting: string | null) => void,
): Draft {
  const [typed, setTyped] = useState<string | null>(null)
  const text = typed !== null && read(typed) === setting ? typed : (setting ?? '')
  return {
    text,
    wrong: text.trim() !== '' && read(text) === null,
    type: (next) => {
      setTyped(next)
      change(read(next))
    },
    forget: () => {
      setTyped(null)
    },
  }
}
