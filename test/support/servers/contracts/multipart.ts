import type { Call } from './strict.ts'

export type FormPart = {
  readonly name: string
  readonly filename: string | null
  readonly type: string | null
  readonly bytes: Buffer
}

function readPart(part: Buffer): FormPart | null {
  const end = part.indexOf('\r\n\r\n')
  if (end === -1) return null
  const head = part.subarray(0, end).toString('utf8')
  const name = /^Content-Disposition: form-data; name="([^"]*)"(?:; filename="([^"]*)")?$/im.exec(head)
  if (!name) return null
  return {
    name: name[1] ?? '',
    filename: name[2] ?? null,
    type: /^Content-Type: (.+)$/im.exec(head)?.[1] ?? null,
    bytes: part.subarray(end + 4),
  }
}

/** The parts of a `multipart/form-data` body (RFC 7578), byte for byte, or what is wrong with it. */
export function readForm({ headers, bytes }: Pick<Call, 'headers' | 'bytes'>): readonly FormPart[] | string {
  const boundary = /^multipart\/form-data; ?boundary=("?)([^";]+)\1$/i.exec(
    headers['content-type'] ?? '',
  )?.[2]
  if (boundary === undefined) return `content-type is ${headers['content-type'] ?? 'nothing'}`
  const opening = Buffer.from(`--${boundary}\r\n`)
  const between = Buffer.from(`\r\n--${boundary}`)
  if (!bytes.subarray(0, opening.length).equals(opening)) return 'the form does not begin with its boundary'
  const parts: FormPart[] = []
  let from = opening.length
  for (;;) {
    const to = bytes.indexOf(between, from)
    if (to === -1) return 'the form does not end with its boundary'
    const part = readPart(bytes.subarray(from, to))
    if (!part) return 'a part of the form is not readable'
    parts.push(part)
    from = to + between.length + 2
    const sign = bytes.subarray(from - 2, from).toString('latin1')
    if (sign === '--') return parts
    if (sign !== '\r\n') return 'a boundary of the form is not followed by a line end'
  }
}
