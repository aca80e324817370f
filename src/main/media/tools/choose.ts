/** What a build of ffmpeg or ffprobe reports with `-version`. */
export type Build = {
  /** Its own name: a release, or any text for a build from git. */
  readonly version: string
  /**
   * Of libavutil. It increases with every change of ffmpeg, also in builds from git that have no number of their own.
   */
  readonly library: readonly number[]
  /** The numbers of a release: 5.1.9; empty for a build from git. */
  readonly release: readonly number[]
  /** Whether ffmpeg was built with an encoder for H.264. */
  readonly encodesH264: boolean
}

/** libavutil of ffmpeg 5.1, the first with `-fps_mode`; ffmpeg 9 has no `-vsync` any more. */
const firstWithFpsMode: readonly number[] = [57, 28]

/** libavutil of ffmpeg 5.0. */
const oldestSafe: readonly number[] = [57, 17]

const numbers = (text: string | undefined): readonly number[] =>
  text === undefined || text === '' ? [] : text.split('.').map(Number)

/** null where the text is not from ffmpeg or ffprobe. */
export function readBuild(tool: 'ffmpeg' | 'ffprobe', words: string): Build | null {
  const version = new RegExp(`^${tool} version (\\S+)`).exec(words)?.[1]
  const library = /^libavutil +(\d+)\. *(\d+)\. *(\d+)/m.exec(words)
  if (version === undefined || library === null) return null
  return {
    version,
    library: library.slice(1).map(Number),
    // A date, as in 2024-10-10-git, has no point in it.
    release: numbers(/^n?(\d+(?:\.\d+)+)/.exec(version)?.[1]),
    encodesH264: words.includes('--enable-libx264'),
  }
}

function compare(left: readonly number[], right: readonly number[]): number {
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** Above 0 where the left one is newer. */
export const compareBuilds = (left: Build, right: Build): number =>
  compare(left.library, right.library) || compare(left.release, right.release)

/** ffmpeg 5 or newer; ffmpeg must also encode H.264. */
export const isSafe = (tool: 'ffmpeg' | 'ffprobe', build: Build): boolean =>
  compare(build.library, oldestSafe) >= 0 && (tool === 'ffprobe' || build.encodesH264)

/** The option that keeps the time of every frame in an output. */
export const passThroughTimes = (build: Build | null): readonly [string, string] => [
  build === null || compare(build.library, firstWithFpsMode) >= 0 ? '-fps_mode' : '-vsync',
  'passthrough',
]

export type Tool = 'ffmpeg' | 'ffprobe'

export type Origin = 'ffmpeg-static' | 'PATH' | '@ffmpeg-installer/ffmpeg' | '@ffprobe-installer/ffprobe'

/** A program that was started successfully. */
export type Candidate = {
  readonly tool: Tool
  readonly path: string
  readonly from: Origin
  /** Its folder: programs in one folder were built together. */
  readonly place: string
  readonly build: Build
}

export type Chosen = Candidate & {
  /** Too old to be safe with untrusted files, or from packages with builds of 2018 and 2023. */
  readonly lastResort: boolean
}

type Choice = { readonly ffmpeg: Chosen | null; readonly ffprobe: Chosen | null }

const isLastResort = ({ tool, from, build }: Candidate): boolean =>
  from === '@ffmpeg-installer/ffmpeg' || from === '@ffprobe-installer/ffprobe' || !isSafe(tool, build)

/** The newest; the first of two equal ones. */
const newest = (candidates: readonly Candidate[]): Candidate | undefined =>
  candidates.toSorted((left, right) => compareBuilds(right.build, left.build))[0]

function newestPair(candidates: readonly Candidate[]): readonly Candidate[] {
  const probes = candidates.filter(({ tool }) => tool === 'ffprobe')
  const ffmpeg = newest(
    candidates.filter(
      ({ tool, place }) => tool === 'ffmpeg' && probes.some((probe) => probe.place === place),
    ),
  )
  const ffprobe = probes.find(({ place }) => place === ffmpeg?.place)
  return ffmpeg && ffprobe ? [ffmpeg, ffprobe] : []
}

/**
 * Which ffmpeg and ffprobe to use: the newest safe pair from one folder, else the newest safe one of each, else the
 * newest of what there is, as a last resort. Of equal candidates the first wins.
 */
export function chooseTools(candidates: readonly Candidate[]): Choice {
  const safe = candidates.filter((candidate) => !isLastResort(candidate))
  const pair = newestPair(safe)
  const pick = (tool: Tool): Chosen | null => {
    const ofTool = (ones: readonly Candidate[]) => ones.filter((one) => one.tool === tool)
    const picked = newest(ofTool(pair)) ?? newest(ofTool(safe)) ?? newest(ofTool(candidates))
    return picked ? { ...picked, lastResort: isLastResort(picked) } : null
  }
  return { ffmpeg: pick('ffmpeg'), ffprobe: pick('ffprobe') }
}
