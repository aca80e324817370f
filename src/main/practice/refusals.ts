/** Service code to HTTP status, as the official error table lists them. */
const httpStatus = {
  1000: 401,
  1001: 401,
  1002: 401,
  1003: 401,
  1004: 401,
  1100: 429,
  1101: 429,
  1102: 429,
  1103: 403,
  1200: 400,
  1201: 400,
  1202: 404,
  1203: 404,
  1300: 400,
  1301: 400,
  1302: 429,
  1303: 429,
  1304: 429,
  5000: 500,
  5001: 503,
  5002: 504,
} as const

const words: Readonly<Record<ServiceCode, string>> = {
  1000: 'Authentication failed',
  1001: 'Authorization is empty',
  1002: 'Authorization is invalid',
  1003: 'Authorization is not valid yet',
  1004: 'Authorization has expired',
  1100: 'Account exception',
  1101: 'Account in arrears',
  1102: 'Resource pack depleted or expired',
  1103: 'No permission for this resource',
  1200: 'Invalid request parameters',
  1201: 'Invalid parameter',
  1202: 'The requested method is invalid',
  1203: 'The requested resource does not exist',
  1300: 'Trigger platform strategy',
  1301: 'Trigger content security policy',
  1302: 'API request is too frequent',
  1303: 'parallel task over resource pack limit',
  1304: 'IP is not on the allow-list',
  5000: 'Server internal error',
  5001: 'Server temporarily unavailable',
  5002: 'Server internal timeout',
}

export type ServiceCode = keyof typeof httpStatus

/** A refusal: the content of the error envelope and of the HTTP status line. */
export type Refusal = {
  readonly refused: true
  readonly status: number
  readonly code: ServiceCode
  readonly message: string
}
export type OrRefusal<T> = { readonly refused: false; readonly value: T } | Refusal

export const refusal = (code: ServiceCode, message = words[code]): Refusal => ({
  refused: true,
  status: httpStatus[code],
  code,
  message,
})

export const accepted = <T>(value: T): OrRefusal<T> => ({ refused: false, value })
