import { withEnginePage } from '../support/window/compare-page/engine-site.ts'
import { pairErrors } from '../support/window/compare-page/pair-error.ts'
import { makeVideo } from '../support/window/compare-page/videos.ts'

export const name = 'a loop of one second, sixty times, with sound'
export const limit = {
  pairError: 0,
  silences: 0,
  jumps: 0,
  outside: 0,
  unit: 'ms; places in the sound; frames',
}

/** The sound of the clips is a tone of 440 Hz, of which a second is a whole number of waves. */
const tone = 440
/** A tone passes through zero; longer than this it is a gap. */
const shortestSilence = 0.001

export async function run(): Promise<Record<string, number | string>> {
  return withEnginePage(async ({ page, folder }) => {
    const videos = [
      await makeVideo(folder, 'thirty-with-sound', 8),
      await makeVideo(folder, 'twenty-four', 8),
    ]
    const { painted, ...sound } = await page.evaluate(
      async ({ given, hertz, gap }) => {
        const opened = await window.engines.start(given, { heard: 'reference' })
        await opened.settled()
        opened.engine.setLoop({ on: true, from: 2, to: 2.98 })
        opened.engine.seek(2)
        await opened.settled()
        opened.painted.length = 0
        opened.engine.play()
        // Until the tone is there.
        await opened.wait(2000)
        const rate = opened.audio.sampleRate
        let [loudest, silences, jumps, looks] = [0, 0, 0, 0]
        // Every look reaches back two thirds of a second.
        for (const end = performance.now() + 60_000; performance.now() < end; looks += 1) {
          await opened.wait(300)
          const samples = opened.heard()
          loudest = samples.reduce((most, one) => Math.max(most, Math.abs(one)), loudest)
          const steepest = loudest * ((2 * Math.PI * hertz) / rate)
          let silent = 0
          for (const [nth, sample] of samples.entries()) {
            silent = Math.abs(sample) < loudest / 1000 ? silent + 1 : 0
            if (silent === Math.ceil(gap * rate)) silences += 1
            if (nth > 0 && Math.abs(sample - (samples[nth - 1] ?? 0)) > 1.5 * steepest) jumps += 1
          }
        }
        opened.engine.pause()
        return { painted: opened.painted, loudest, silences, jumps, looks }
      },
      { given: videos, hertz: tone, gap: shortestSilence },
    )
    const numbers = painted.map(({ numbers: [reference = -1] }) => reference)
    return {
      pairError: pairErrors(painted, videos).max,
      ...sound,
      outside: numbers.filter((number) => number < 60 || number > 89).length,
      rounds: numbers.filter((number, nth) => nth > 0 && number < (numbers[nth - 1] ?? 0)).length,
    }
  })
}
