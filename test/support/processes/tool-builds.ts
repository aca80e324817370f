/** libavutil of builds that exist, by the version they name; recorded from what they print with `-version`. */
const libraries: Readonly<Record<string, string>> = {
  '4.4.2-0ubuntu0.22.04.1': '56. 70.100',
  'N-47683-g0e8eb07980-static': '56. 24.101',
  'N-66595-gc2b38619c0-static': '58. 14.100',
  '5.0.1': '57. 17.100',
  '5.1.6-0+deb12u1': '57. 28.100',
  '5.1.9-0+deb12u1': '57. 28.100',
  '6.0': '58.  2.100',
  '6.1.1-3ubuntu5': '58. 29.100',
  'n6.1': '58. 29.100',
  '7.0.2-static': '59.  8.100',
  'n7.1.3-40-gcddd06f3b9-20260219': '59. 39.100',
  '8.0': '60.  8.100',
  '2025-12-31-git-38e89fe502-full_build-www.gyan.dev': '60. 21.102',
  '8.1.2': '60. 26.102',
  '9.0.1': '61.  1.101',
}

/** What a build prints with `-version`, shortened. */
export const saysOf = (
  tool: 'ffmpeg' | 'ffprobe',
  version: keyof typeof libraries,
  configuration = '--enable-gpl --enable-libx264',
): string => {
  const library = libraries[version] ?? '0. 0. 0'
  return [
    `${tool} version ${version} Copyright (c) 2000-2026 the FFmpeg developers`,
    'built with gcc 12 (Debian 12.2.0-14+deb12u1)',
    `configuration: ${configuration}`,
    `libavutil      ${library} / ${library}`,
    'libavcodec     59. 37.100 / 59. 37.100',
    '',
  ].join('\n')
}

/** Oldest first, so far as libavutil and the number of a release can tell. */
export const inOrder: readonly string[] = [
  'N-47683-g0e8eb07980-static',
  '4.4.2-0ubuntu0.22.04.1',
  '5.0.1',
  '5.1.6-0+deb12u1',
  '5.1.9-0+deb12u1',
  '6.0',
  'N-66595-gc2b38619c0-static',
  'n6.1',
  '6.1.1-3ubuntu5',
  '7.0.2-static',
  'n7.1.3-40-gcddd06f3b9-20260219',
  '8.0',
  '2025-12-31-git-38e89fe502-full_build-www.gyan.dev',
  '8.1.2',
  '9.0.1',
]
