const twoDigits = (number: number) => String(number).padStart(2, '0')

/** "2026-11-20", as the calendar of the user says. */
export const localDay = (when: Date): string =>
  `${String(when.getFullYear())}-${twoDigits(when.getMonth() + 1)}-${twoDigits(when.getDate())}`
