/** The environment for a program that is started: its PATH and its home, and nobody's keys. */
export const withoutKeys = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !/^UNDERSTUDY_.*_KEY$/i.test(name)))
