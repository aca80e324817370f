import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { fileIdentityIfAny } from '../files/file-identity.ts'
import { makeFolder } from '../files/make-folder.ts'
import type { RunTool } from '../ports.ts'

/** Programs by path, each as it stood when it last said its version. */
const kept = z.record(z.string(), z.strictObject({ identity: z.string(), banner: z.string() }))
type Kept = z.infer<typeof kept>

/** What is damaged is asked for again. */
function read(file: string): Kept {
  try {
    return kept.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return {}
  }
}

/** It only saves time: where it cannot be written, programs are asked each time. */
function write(file: string, banners: Kept): void {
  const fresh = `${file}.${String(process.pid)}.new`
  try {
    makeFolder(dirname(file), 0o700)
    writeFileSync(fresh, `${JSON.stringify(banners, null, 2)}\n`, { mode: 0o600 })
    renameSync(fresh, file)
  } catch {
    // See above.
  }
}

/**
 * Runs programs to ask for their version, and asks one that has not changed since only once: a start of ffmpeg with its
 * hundred libraries takes a tenth of a second of every command.
 */
export function withKnownBanners(run: RunTool, file: string): RunTool {
  return async (asked) => {
    const identity = await fileIdentityIfAny(asked.command)
    const known = read(file)[asked.command]
    if (identity !== null && known?.identity === identity)
      return { ended: 'exit', exitCode: 0, stdout: new TextEncoder().encode(known.banner), stderr: '' }
    const exit = await run(asked)
    if (identity !== null && exit.ended === 'exit' && exit.exitCode === 0) {
      const banner = new TextDecoder().decode(exit.stdout)
      write(file, { ...read(file), [asked.command]: { identity, banner } })
    }
    return exit
  }
}
