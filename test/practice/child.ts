/** A practice provider in a process of its own, so that it can be killed: `node practice-child.ts FOLDER HOLD`. */
import { systemClock } from '../../src/main/system/clock.ts'
import { createRunTool } from '../../src/main/processes/run-tool.ts'
import { createPracticeServer } from '../../src/main/practice/server.ts'
import { scripted } from '../support/servers/practice-script.ts'

const [folder = '', hold = ''] = process.argv.slice(2)
const forever = new Promise<void>(() => undefined)

const machine = {
  run: createRunTool(),
  tools: { ffmpeg: 'ffmpeg', ffprobe: 'ffprobe' },
  clock: systemClock,
}

const { origin } = await createPracticeServer({
  ...machine,
  folder,
  key: 'practice-key',
  log: (line) => void process.stderr.write(`${line}\n`),
  durations: { submitted: hold === 'submitted' ? 3_600_000 : 0, processing: 0 },
  ...(hold === 'processing' && scripted({ task: () => ({ hold: forever }) }, machine)),
})
process.stdout.write(`${origin}\n`)
