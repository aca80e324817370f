import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stampFolder } from './paths.mjs'
import { readJson } from './read-json.mjs'

/** @typedef {{ read: (name: string) => unknown, write: (name: string, value: unknown) => void }} Stamps */

/** Small JSON notes by name. One that is missing or damaged reads as null. @returns {Stamps} */
export function stampsIn(folder = stampFolder) {
  return {
    read(name) {
      try {
        return readJson(join(folder, `${name}.json`))
      } catch {
        return null
      }
    },
    write(name, value) {
      mkdirSync(folder, { recursive: true })
      writeFileSync(join(folder, `${name}.json`), JSON.stringify(value))
    },
  }
}
