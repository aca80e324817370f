import type { Milliseconds } from '../../shared/units.ts'

/** Two notes, a fifth apart, soft enough to be heard next to music. */
const notes = [
  { frequency: 659.25, from: 0 },
  { frequency: 987.77, from: 0.13 },
] as const
const length = 0.5
/** No louder than the comparison at the same setting. */
const loudest = 0.5
const rest: Milliseconds = 200

/** Plays a short sound, at a volume from 0 to 1. A computer that lets nobody play one stays silent. */
export async function playChime(volume: number): Promise<void> {
  let context: AudioContext
  try {
    context = new AudioContext()
    await context.resume()
  } catch {
    return
  }
  for (const { frequency, from } of notes) {
    const begin = context.currentTime + from
    const tone = context.createOscillator()
    const level = context.createGain()
    tone.frequency.value = frequency
    level.gain.setValueAtTime(0, begin)
    level.gain.linearRampToValueAtTime(volume * loudest, begin + 0.01)
    level.gain.exponentialRampToValueAtTime(0.0001, begin + length)
    tone.connect(level).connect(context.destination)
    tone.start(begin)
    tone.stop(begin + length)
  }
  setTimeout(() => void context.close(), (length + 0.13) * 1000 + rest)
}
