import { ok, type Outcome } from '../../../shared/outcome.ts'
import { createChannel } from './channel.ts'
import { ffmpegArgs, standardInput, type FfmpegJob } from '../ffmpeg.ts'
import { commandLine, type Kit } from '../kit.ts'
import type { Running } from '../media.ts'
import { createHashReader, hashOptions } from './packet-hashes.ts'
import { progressReader } from '../progress.ts'
import { encoderStall, type FfmpegStep } from '../run-ffmpeg.ts'
import { toolProblem } from '../tool-problem.ts'

/** Hashes of the packets that a strict decoder has made pictures and sound of. */
export type Watched = { readonly packets: string }

/**
 * Decodes every frame and sample and stops at the first error. Smoothing the edges of blocks reads nothing from the
 * file, so it is left out.
 */
const watchJob: FfmpegJob = {
  inputs: [
    {
      path: standardInput,
      options: ['-protocol_whitelist', 'pipe', '-skip_loop_filter', 'all', '-f', 'matroska'],
    },
  ],
  options: ['-map', '0', '-f', 'null', '-', '-map', '0', ...hashOptions],
  target: 'pipe:1',
  strict: true,
  threads: 1,
}

const starved = 5

/**
 * An encoder and, at its heels, a strict decoder of the same packets. It takes the idle moments of the encoder, where a
 * decoder that starts when the file is finished takes time of its own.
 */
export async function encodeWatched(
  kit: Kit,
  { job, doing, duration, otherwise }: FfmpegStep,
  frames: number,
  { signal, onProgress, onCommand }: Running,
): Promise<Outcome<Watched>> {
  const [encoder, watcher] = [ffmpegArgs({ ...job, progress: true }), ffmpegArgs(watchJob)]
  onCommand?.(`${commandLine(kit.ffmpeg, encoder)} | ${commandLine(kit.ffmpeg, watcher)}`)
  const channel = createChannel()
  const hashes = createHashReader((count) => onProgress?.(Math.min(1, count / frames)))
  const common = { command: kit.ffmpeg, stallLimit: encoderStall(kit) }
  // What the encoder did not finish needs no decoding; without this, a decoder that hangs would outlive it.
  const unwatched = new AbortController()
  const watching = kit.run({
    ...common,
    args: watcher,
    yields: true,
    // On a busy machine next to nothing is left for what stands back.
    stallLimit: starved * common.stallLimit,
    signal: AbortSignal.any([unwatched.signal, ...(signal ? [signal] : [])]),
    input: channel.chunks,
    onOutput: hashes.take,
  })
  const encoded = await kit.run({
    ...common,
    args: encoder,
    signal,
    onOutput: channel.push,
    // What counts for the bar is what has been decoded.
    onComplaint: progressReader(duration, () => undefined),
  })
  channel.end()
  if (encoded.ended !== 'exit' || encoded.exitCode !== 0) unwatched.abort()
  const watched = await watching
  const about = { tool: 'ffmpeg', doing, otherwise } as const
  return toolProblem(encoded, about) ?? toolProblem(watched, about) ?? ok({ packets: hashes.close() })
}
