import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { brokenWalls } from '../../../eslint.walls.js'
import { circlesIn, importsAmong, readSources } from '../../../scripts/lib/import-graph.mjs'

const root = join(import.meta.dirname, '../../..')

const sources = readSources(root, 'src')
const files = [...sources.keys()]

/** Everything a file imports, whatever the form; a comment cannot switch this off, unlike a lint rule. */
function imports(source: string): string[] {
  return importsOf(source).map(({ name }) => name)
}

function importsOf(source: string) {
  const forms = /(?:\bfrom|\bimport|\bimport\s*\(|\brequire\s*\()\s*(['"])([^'"\n]+)\1/g
  return [...source.matchAll(forms)].map(({ 2: name = '', index }) => {
    const types = /\b(?:import|export)\s+type\b[^;'"]*$/.test(source.slice(0, index))
    return { name, types }
  })
}

describe('the layers', () => {
  it('reads imports in every form they are written in', () => {
    const source = `import a from 'a'\nimport 'b'\nexport { c } from "c"\nconst d = await import('d')\nrequire('e')`
    expect(imports(source)).toEqual(['a', 'b', 'c', 'd', 'e'])
  })

  it('has walked the folders that matter', () => {
    for (const folder of [
      'src/main/media/',
      'src/main/takes/',
      'src/main/providers/',
      'src/shared/',
      'src/renderer/',
    ])
      expect(
        files.some((file) => file.startsWith(folder)),
        folder,
      ).toBe(true)
  })

  it('breaks no wall in any file', () => {
    const broken = [...sources].flatMap(([file, source]) =>
      importsOf(source).flatMap(({ name, types }) =>
        brokenWalls(file, name, types).map((wall) => `${file}: ${name}: ${wall.name}`),
      ),
    )
    expect(broken).toEqual([])
  })

  it('finds a ring of imports, of types as well, and nothing in a straight line', () => {
    const ring = new Map([
      ['src/a.ts', "import { b } from './b.ts'"],
      ['src/b.ts', "import type { C } from './deep/c.ts'"],
      ['src/deep/c.ts', "export { a } from '../a.ts'"],
      ['src/d.ts', "import { a } from './a.ts'"],
    ])
    expect(circlesIn(importsAmong(ring))).toEqual([['src/a.ts', 'src/b.ts', 'src/deep/c.ts']])
  })

  it('has no circle but the state of the window, whose slices and store name each other as types', () => {
    const circles = circlesIn(importsAmong(sources))
    expect(circles.map((ring) => ring.filter((file) => !file.startsWith('src/renderer/state/')))).toEqual([
      [],
    ])
  })

  it('has no file over 300 lines', () => {
    expect([...sources].filter(([, text]) => text.split('\n').length > 301).map(([file]) => file)).toEqual([])
  })

  it('keeps electron out of everything plain Node has to load', () => {
    const plain = files.filter((file) =>
      /^src\/(shared|main\/(media|providers|practice|hosting|takes))\//.test(file),
    )
    const knowing = plain.filter((file) =>
      imports(sources.get(file) ?? '').some((name) => name.startsWith('electron')),
    )
    expect(knowing).toEqual([])
  })
})
