import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { readSources } from '../../../scripts/lib/import-graph.mjs'

const root = join(import.meta.dirname, '../../..')

/** What people do not say, and what to say instead. */
const words: readonly (readonly [RegExp, string])[] = [
  [/\bby (itself|themselves)\b/i, 'automatically, or the verb alone'],
  [/\b(go|goes|went|going|gone) on\b(?! (hold|for|to))/i, 'continue, resume, keep'],
  [/\bnoted down\b/i, 'saved'],
  [/\bmend(s|ed|ing)?\b/i, 'fix'],
  [/\bput right\b/i, 'fix'],
  [/\b(anew|afresh)\b/i, 'again; for video, re-encode'],
  [/\bwhoever\b/i, 'anyone who'],
  [/\ba stranger\b/i, 'someone without your keys'],
  [/\b(stands|lies) (in|at|on|beside|below|there)\b/i, 'is'],
  [/(?<!there )\bis no (folder|file|video|image|number)\b/i, 'isn’t a …'],
]

/** The names of states are for the journal and for programs; the decisions may speak of them. */
const state: readonly [RegExp, string] = [/\b(NEEDS_USER|INTENT|WIRE|ACKED)\b/, 'the state in words']

const complaints = (where: string, text: string, list = words) =>
  list.filter(([word]) => word.test(text)).map(([, instead]) => `${where}: “${text.trim()}” → ${instead}`)

/** The sentences of a source file: strings, templates and text between tags, with a space and a letter in them. */
function sentences(file: string, source: string): readonly string[] {
  const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
  const found: string[] = []
  const take = (text: string) => {
    if (/\p{L}/u.test(text) && text.trim().includes(' ') && !/^SELECT /.test(text))
      found.push(text.replace(/\s+/g, ' '))
  }
  const walk = (node: ts.Node): void => {
    if (ts.isTemplateExpression(node))
      take([node.head.text, ...node.templateSpans.map((span) => `…${span.literal.text}`)].join(''))
    else if (ts.isStringLiteralLike(node) || ts.isJsxText(node)) take(node.text)
    ts.forEachChild(node, walk)
  }
  walk(ts.createSourceFile(file, source, ts.ScriptTarget.Latest, false, kind))
  return found
}

describe('what people read', () => {
  it('is found in strings, templates and tags, and nowhere else', () => {
    const source = "// goes on\nconst a = `It ${b} goes on`; const c = <p title='A b'>Two words</p>"
    expect(sentences('a.tsx', source)).toEqual(['It … goes on', 'A b', 'Two words'])
    expect(complaints('a', 'The download goes on by itself.')).toHaveLength(2)
    expect(complaints('a', 'The download resumes automatically.')).toEqual([])
  })

  it('is plain English in the window, on the command line and in every error', () => {
    const said = [...readSources(root, 'src')].flatMap(([file, source]) =>
      sentences(file, source).flatMap((text) => complaints(file, text, [...words, state])),
    )
    expect(said).toEqual([])
  })

  it('is plain English in the README, the guide and the decisions', () => {
    const pages = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.md'),
    )
    const said = [...['README.md', 'CONTRIBUTING.md'], ...pages.map((name) => join('docs', name))].flatMap(
      (page) =>
        readFileSync(join(root, page), 'utf8')
          .split('\n')
          .flatMap((line) => complaints(page, line)),
    )
    expect(said).toEqual([])
  })
})
