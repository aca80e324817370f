// Prints which ffmpeg and ffprobe the studio takes on this machine, as JSON. Run with a Node that reads TypeScript, so
// that set-up never sees another choice than the studio itself.
import { findTools } from '../../src/main/media/find-tools.ts'
import { createRunTool } from '../../src/main/processes/run-tool.ts'
import { newerToolsAdvice, oldToolsProblem, thisSystem } from '../../src/main/media/tools/advice.ts'

const found = await findTools({ run: createRunTool() })
const system = thisSystem()
const old = oldToolsProblem(found, system)
process.stdout.write(`${JSON.stringify({ ...found, old, advice: newerToolsAdvice(system) })}\n`)
