const twoDigits = (number: number) => String(number).padStart(2, '0')

/** The day of a moment, such as 2026-11-20, by the clock of this computer. */
export function localDay(moment: Date | string): string {
  const date = new Date(moment)
  return `${String(date.getFullYear())}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`
}

/** The moment at which such a day begins here. */
export function startOfDay(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date).toISOString()
}
