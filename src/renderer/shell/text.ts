export const text = {
  dropHere: 'Drop an image, a video, or both',
  tellsApart: 'Understudy tells them apart.',
  comparisonShortcuts: 'The comparison has its own shortcuts.',
  reconnecting: 'Reconnecting… If this continues, restart Understudy. Submitted takes are not lost.',
  noMediaTools: 'Video tools are missing.',
  needsFfmpeg:
    'Understudy needs ffmpeg to read and prepare files. Install ffmpeg on this computer, then restart Understudy.',
  partFailed: (part: string) => `${part} ran into an error.`,
  restWorks:
    'The rest of the window still works, and your takes continue. If it happens again, restart Understudy.',
  offline: 'Submitted takes keep running.',
  offlineMore: 'Understudy checks on them when the network is back.',
  welcome: 'Add an image of a character and a video clip. Understudy makes the character perform the clip.',
  dropAnywhere: 'Drop files anywhere in this window, in any order, or paste them.',
  sample: 'No files at hand? The sample is free and stays on this computer.',
} as const
