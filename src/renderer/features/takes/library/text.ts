export const text = {
  searchHint: 'red coat stars>=4 provider:kling',
  noneFits: 'No take fits this search.',
  noneOnBoard: 'No take is on this board yet. Drag posters here, or press B.',
  allTakes: 'All takes',
  filters:
    'Words, or stars>=4 · flag:pick · tag:night · board:Best · provider:kling · clip:dance · state:done · after:2026-11-20',
  unknown: 'Unknown',
  keptInTrash: 'Takes stay here with all their files until you empty the trash.',
  trashKeeps: (days: number) =>
    `Takes stay here with all their files. After ${days === 1 ? 'a day' : `${String(days)} days`} they go to the bin of your system.`,
  trashIsEmpty: 'The trash is empty.',
  emptied: 'The files go to the bin of your system. You can put them back from there.',
} as const
