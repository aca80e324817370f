export const text = {
  boards: 'A take can be on several boards.',
  tagHint: 'Enter adds it.',
  tagsOfSome: 'Of all selected takes. Tags of one are removed from that one.',
} as const
