/** A practice provider in a process of its own, so that it can be killed: `node practice-child.ts FOLDER HOLD`. */
import { systemClock } from '../../src/main/system/clock.ts'
import { createRunTool } from '../../src/main/processes/run-tool.ts'
import { createPracticeServer } from '../../src/main/practice/server.ts'

const [folder = '', hold = ''] = process.argv.slice(2)
const forever = new Promise<void>(() => undefined)

const { origin } = await createPracticeServer({
  ...{
    folder,
    run: createRunTool(),
    clock: systemClock,
    key: 'practice-key',
    log: (line) => void process.stderr.write(`${line}\n`),
  },
  tools: { ffmpeg: 'ffmpeg', ffprobe: 'ffprobe' },
  durations: { submitted: hold === 'submitted' ? 3_600_000 : 0, processing: 0 },
  script: { task: () => (hold === 'processing' ? { hold: forever } : {}) },
})
process.stdout.write(`${origin}\n`)
