import { randomBytes } from 'node:crypto'

/** 22 URL-safe characters: 132 random bits. */
export const randomToken = (): string => randomBytes(17).toString('base64url').slice(0, 22)

/** Tokens by path and paths by token; the same path keeps its token for as long as the process runs. */
export function createTokens(prefix: string) {
  const tokens = new Map<string, string>()
  const paths = new Map<string, string>()
  return {
    tokenOf: (path: string): string => {
      const known = tokens.get(path)
      if (known !== undefined) return known
      const token = prefix + randomToken()
      tokens.set(path, token)
      paths.set(token, path)
      return token
    },
    pathOf: (token: string): string | undefined => paths.get(token),
  }
}
