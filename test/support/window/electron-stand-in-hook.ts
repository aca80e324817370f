import { registerHooks } from 'node:module'

/** With `--import`: every import of `electron`, also by packages, finds the stand-in. */
const standIn = new URL('./electron-stand-in.ts', import.meta.url).href

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: standIn, shortCircuit: true } : next(specifier, context),
})
