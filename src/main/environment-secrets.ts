import type { Secrets } from './ports.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Which variable holds which key. Names are those by which the core asks. */
const variables: Readonly<Record<string, string>> = {
  kling: 'UNDERSTUDY_KLING_KEY',
  'kling.accessKey': 'UNDERSTUDY_KLING_ACCESS_KEY',
  'kling.secretKey': 'UNDERSTUDY_KLING_SECRET_KEY',
  'kling-gateway': 'UNDERSTUDY_KLING_GATEWAY_KEY',
  oxen: 'UNDERSTUDY_OXEN_KEY',
  modelslab: 'UNDERSTUDY_MODELSLAB_KEY',
  highway: 'UNDERSTUDY_HIGHWAY_KEY',
  's3.endpoint': 'UNDERSTUDY_S3_ENDPOINT',
  's3.region': 'UNDERSTUDY_S3_REGION',
  's3.bucket': 'UNDERSTUDY_S3_BUCKET',
  's3.accessKey': 'UNDERSTUDY_S3_ACCESS_KEY',
  's3.secretKey': 'UNDERSTUDY_S3_SECRET_KEY',
}

/** Keys of accounts from the environment; a blank variable is no key, and a line end pasted with one is cut off. */
export function environmentSecrets(environment: Environment): Secrets {
  return {
    read: (name) => {
      const variable = Object.hasOwn(variables, name) ? variables[name] : undefined
      const value = variable === undefined ? undefined : environment[variable]?.trim()
      return Promise.resolve(value === undefined || value === '' ? null : value)
    },
  }
}
