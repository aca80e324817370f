import { Tabs as Radix } from 'radix-ui'
import { useRef, type ReactNode } from 'react'

export type Tab<Value extends string> = {
  readonly value: Value
  readonly label: string
  readonly content: () => ReactNode
}

export type TabsProps<Value extends string> = {
  readonly label: string
  readonly value: Value
  readonly tabs: readonly Tab<Value>[]
  readonly onChange: (value: Value) => void
}

/** Parts of one page, of which one is shown; the row of names stays in sight while it is scrolled. */
export function Tabs<Value extends string>({ label, value, tabs, onChange }: TabsProps<Value>) {
  const root = useRef<HTMLDivElement>(null)
  return (
    <Radix.Root
      ref={root}
      value={value}
      onValueChange={(chosen) => {
        const tab = tabs.find((entry) => entry.value === chosen)
        if (!tab) return
        onChange(tab.value)
        // A part is read from its beginning, however far the last one was scrolled.
        root.current?.scrollIntoView({ block: 'start' })
      }}
    >
      <Radix.List
        aria-label={label}
        className="sticky -top-1 z-10 -mx-5 -mt-1 flex gap-1 border-b border-line bg-panel px-4"
      >
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.value}
            value={tab.value}
            {...(tab.value === value && { 'data-initial-focus': true })}
            className="-mb-px border-b-2 border-transparent px-2.5 py-2 text-sm font-medium text-soft hover:text-ink focus-visible:-outline-offset-2 data-[state=active]:border-accent data-[state=active]:text-ink"
          >
            {tab.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.value} value={tab.value} className="pt-4">
          {tab.value === value && tab.content()}
        </Radix.Content>
      ))}
    </Radix.Root>
  )
}
