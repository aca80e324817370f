import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Certificate } from '../../shared/domain/certificate.ts'
import { ok, type Outcome } from '../../shared/outcome.ts'
import { orientations } from '../../shared/domain/take.ts'
import { renameFirmly, type Rename } from '../files/durable.ts'
import { writeProblem } from '../files/write-problem.ts'
import type { Clock } from '../system/ports.ts'

/** Beside the files that it is about. */
export const certificateName = 'certificate.json'

const asText = (certificate: Certificate) => `${JSON.stringify(certificate, null, 2)}\n`

/** Into a folder that has none yet; one that is there is not replaced. */
export async function addCertificate(folder: string, certificate: Certificate): Promise<Outcome<null>> {
  const path = join(folder, certificateName)
  try {
    await writeFile(path, asText(certificate), { flag: 'wx', flush: true })
    return ok(null)
  } catch (error) {
    return writeProblem(error, path)
  }
}

/** In the place of an older one, whole or not at all. */
export async function renewCertificate(
  folder: string,
  certificate: Certificate,
  ports: { readonly rename: Rename; readonly clock: Pick<Clock, 'sleep'> },
  signal: AbortSignal,
): Promise<Outcome<null>> {
  const path = join(folder, certificateName)
  // So named that what a kill leaves is swept away with every other half-written file.
  const unfinished = join(folder, `.${randomBytes(8).toString('hex')}.part.json`)
  try {
    await writeFile(unfinished, asText(certificate), { mode: 0o600, flush: true })
    const why = await renameFirmly(unfinished, path, ports, signal)
    return why === null ? ok(null) : writeProblem(new Error(why), path)
  } catch (error) {
    return writeProblem(error, path)
  } finally {
    await rm(unfinished, { force: true })
  }
}

const certified = z.object({ sha256: z.string(), bytes: z.number() }).nullable()

/** What a certificate is about; its findings are for people. */
const subject = z.object({
  provider: z.string(),
  model: z.string(),
  orientation: z.enum(orientations),
  character: certified,
  clip: certified,
})
export type CertifiedSubject = z.infer<typeof subject>

/** null where there is none that can be read. */
export function readCertificate(folder: string): CertifiedSubject | null {
  try {
    const read = subject.safeParse(JSON.parse(readFileSync(join(folder, certificateName), 'utf8')))
    return read.success ? read.data : null
  } catch {
    return null
  }
}
