/** Raw base64 without a copy of the bytes; the documentation of Kling wants no `data:` in front. */
export const rawBase64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
