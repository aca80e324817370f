import { readFileSync } from 'node:fs'
import type { System } from './advice.ts'

/** The system this runs on. */
export function thisSystem(): System {
  const { platform } = process
  try {
    return { platform, release: platform === 'linux' ? readFileSync('/etc/os-release', 'utf8') : '' }
  } catch {
    return { platform, release: '' }
  }
}
