const two = (count: number) => String(count).padStart(2, '0')

/** The day of a moment, such as 2026-11-20, by the clock of this computer. */
export function dayOf(moment: string): string {
  const date = new Date(moment)
  return `${String(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** The moment at which such a day begins here. */
export function startOf(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date).toISOString()
}
