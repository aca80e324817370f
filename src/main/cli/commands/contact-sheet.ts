import { resolve } from 'node:path'
import type { Command } from 'commander'
import { ok, type Outcome } from '../../../shared/outcome.ts'
import { formatBytes } from '../../../shared/units.ts'
import type { Takes } from '../../takes/types.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { findTakes } from '../follow.ts'
import { option, takesArgument } from '../options.ts'
import type { Printer } from '../output.ts'
import { needs } from '../problems.ts'
import type { TakesRequest } from '../requests.ts'
import { example } from './media-flags.ts'

export function addContactSheet(
  takes: Command,
  onRequest: (request: Outcome<TakesRequest>) => void,
  cwd: string,
): void {
  takes
    .command('contact-sheet')
    .description('save the posters of takes as one picture, with number, name and stars')
    .addArgument(takesArgument())
    .addOption(option('out', 'file', 'the PNG to write; never replaces an existing file'))
    .addHelpText('after', example('takes contact-sheet 01JD8Q 01JD8R --out takes.png'))
    .action((ids: readonly string[], { out }: { readonly out?: string }) => {
      if (out === undefined) onRequest(needs('takes contact-sheet', 'a file to write: --out FILE'))
      else onRequest(ok({ command: 'takes contact-sheet', ids, out: resolve(cwd, out) }))
    })
}

export async function runContactSheet(
  takes: Takes,
  { ids, out }: Extract<TakesRequest, { readonly command: 'takes contact-sheet' }>,
  printer: Printer,
): Promise<Outcome<ExitCode>> {
  const found = findTakes(takes.list(), ids)
  if (!found.ok) return found
  const named = found.value.map(({ id }) => id)
  const written = await takes.contactSheet(named, out)
  if (!written.ok) return written
  printer.value({ ...written.value, takes: named })
  printer.line(`Wrote ${written.value.path} (${formatBytes(written.value.bytes)})`)
  return ok(exitCodes.done)
}
