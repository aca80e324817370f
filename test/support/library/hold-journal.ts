import { openJournal } from '../../../src/main/takes/journal/journal.ts'

/** A process of its own that holds a library until it is killed. */
const path = process.argv[2]
if (path === undefined) throw new Error('which journal?')
const opened = openJournal(path, () => undefined)
process.stdout.write(opened.ok ? 'held\n' : 'refused\n')
process.stdin.resume()
setInterval(() => undefined, 60_000)
