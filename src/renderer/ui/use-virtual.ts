import { useVirtualizer } from '@tanstack/react-virtual'

type Options = Parameters<typeof useVirtualizer<HTMLDivElement, HTMLElement>>[0]

/** Which of many rows or columns are in sight. Only those should exist. */
export function useVirtual(options: Options) {
  // eslint-disable-next-line react-hooks/incompatible-library -- Nothing that uses it is memoised by the compiler.
  return useVirtualizer<HTMLDivElement, HTMLElement>(options)
}
