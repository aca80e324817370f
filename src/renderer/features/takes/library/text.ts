export const text = {
  searchHint: 'red coat stars>=4 provider:kling',
  noneFits: 'No take fits this search.',
  noneOnBoard: 'No take is on this board yet. Drag posters here, or press B.',
  allTakes: 'All takes',
  filters:
    'Words, or stars>=4 · flag:pick · tag:night · board:Best · provider:kling · clip:dance · state:done · after:2026-11-20',
  unknown: 'Unknown',
} as const
