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
  [/\b(stands|lies) (in(?! for| where)|at|on|beside|below|there)\b/i, 'is'],
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

/** The comments of a source file, each on one line and without the marks around it. */
function comments(file: string, source: string): readonly string[] {
  const kind = file.endsWith('x')
    ? ts.ScriptKind.TSX
    : file.endsWith('.ts')
      ? ts.ScriptKind.TS
      : ts.ScriptKind.JS
  const found = new Map<number, string>()
  const walk = (node: ts.Node): void => {
    const ranges = [
      ...(ts.getLeadingCommentRanges(source, node.getFullStart()) ?? []),
      ...(ts.getTrailingCommentRanges(source, node.getEnd()) ?? []),
    ]
    for (const { pos, end } of node.kind === ts.SyntaxKind.JsxText ? [] : ranges)
      found.set(
        pos,
        source
          .slice(pos, end)
          .replace(/^\/[/*]+|\*\/$|^\s*\*(?!\/)/gm, '')
          .replace(/\s+/g, ' '),
      )
    for (const child of node.getChildren(tree)) walk(child)
  }
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, false, kind)
  walk(tree)
  return [...found.values()]
}

/** Every script, which `readSources` leaves out because it is plain JavaScript. */
const scripts = readdirSync(join(root, 'scripts'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.mjs'))
  .map((name): readonly [string, string] => [
    join('scripts', name),
    readFileSync(join(root, 'scripts', name), 'utf8'),
  ])

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

  it('includes every comment', () => {
    const source =
      '/**\n * It goes\n * on.\n */\nconst a = 1 // by itself\nconst b = { /* anew */ c: "// not this" }'
    expect(comments('a.ts', source)).toEqual([' It goes on. ', ' by itself', ' anew '])
  })

  it('is plain English in the comments', () => {
    const files = [...readSources(root, 'src'), ...scripts]
    const said = files.flatMap(([file, source]) =>
      comments(file, source).flatMap((text) => complaints(file, text)),
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
