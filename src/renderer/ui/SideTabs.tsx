import { Tabs as Radix } from 'radix-ui'
import type { TabsProps } from './Tabs.tsx'

/** Parts of one page with their names in a list at the left, and above in a narrow window. */
export function SideTabs<Value extends string>({ label, value, tabs, onChange }: TabsProps<Value>) {
  return (
    <Radix.Root
      value={value}
      orientation="vertical"
      onValueChange={(chosen) => {
        const tab = tabs.find((entry) => entry.value === chosen)
        if (tab) onChange(tab.value)
      }}
      className="grid h-full grid-cols-[9rem_minmax(0,1fr)] gap-6 max-[40rem]:block"
    >
      <Radix.List
        aria-label={label}
        className="sticky top-0 flex flex-col gap-0.5 self-start max-[40rem]:static max-[40rem]:flex-row max-[40rem]:flex-wrap max-[40rem]:pb-3"
      >
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.value}
            value={tab.value}
            {...(tab.value === value && { 'data-initial-focus': true })}
            className="rounded-lg px-2.5 py-1.5 text-left text-sm font-medium text-soft hover:bg-hover hover:text-ink data-[state=active]:bg-sunken data-[state=active]:text-ink"
          >
            {tab.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content
          key={tab.value}
          value={tab.value}
          className="min-w-0 pb-2 focus-visible:-outline-offset-2"
        >
          {tab.value === value && tab.content()}
        </Radix.Content>
      ))}
    </Radix.Root>
  )
}
