import { compareBuilds, isSafe, type Build } from './build.ts'

export type Tool = 'ffmpeg' | 'ffprobe'

export type Origin = 'ffmpeg-static' | 'PATH' | '@ffmpeg-installer/ffmpeg' | '@ffprobe-installer/ffprobe'

/** A program that starts. */
export type Candidate = {
  readonly tool: Tool
  readonly path: string
  readonly from: Origin
  /** Programs of one place were built together. */
  readonly place: string
  readonly build: Build
}

export type Chosen = Candidate & {
  /** Too old to be trusted with files from elsewhere, or from the packages whose builds are from 2018 and 2023. */
  readonly lastResort: boolean
}

export type Choice = { readonly ffmpeg: Chosen | null; readonly ffprobe: Chosen | null }

const isLastResort = ({ tool, from, build }: Candidate): boolean =>
  from === '@ffmpeg-installer/ffmpeg' || from === '@ffprobe-installer/ffprobe' || !isSafe(tool, build)

/** The newest; of two that are equal the first. */
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
 * Which ffmpeg and which ffprobe to use, wherever they come from: the newest safe pair of one place, else the newest
 * safe one of each, else the newest of what there is, as the last resort. Candidates stand in the order of preference
 * between equals.
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
