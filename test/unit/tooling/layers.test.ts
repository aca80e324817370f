import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { describe, expect, it } from 'vitest'
import { brokenWalls } from '../../../eslint.walls.js'

const root = join(import.meta.dirname, '../../..')

const files = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))

const sources = new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]))

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
