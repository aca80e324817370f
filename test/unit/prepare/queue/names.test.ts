import { describe, expect, it } from 'vitest'
import { claimName, nameFor, nameKey, namesLike } from '../../../../src/main/prepare/queue/names.ts'
import { nameProblem } from '../../../../src/main/files/names.ts'
import { templateProblem, usualTemplate } from '../../../../src/shared/domain/batch.ts'
import { defaultTakeSettings } from '../../../../src/shared/domain/take.ts'

const now = new Date(2026, 10, 20, 23, 30).getTime()
const named = (
  template: string,
  files: { character?: string; clip?: string } = { clip: '/a/dance.mp4' },
  n = 3,
) =>
  nameFor(
    template,
    {
      character: files.character ?? null,
      clip: files.clip ?? null,
      settings: { ...defaultTakeSettings, provider: 'kling', model: 'kling-v3', orientation: 'video' },
    },
    { n, now },
  )

describe('the name of a prepared folder', () => {
  it('fills in every field, the date by the calendar of the user', () => {
    expect(named('{clip}-{provider}-{model}-{orientation}-{n}-{date}')).toBe(
      'dance-kling-kling-v3-video-3-2026-11-20',
    )
  })

  it.each([
    ['{character}-{clip}', 'dance'],
    ['{clip}-{character}', 'dance'],
    ['{clip} {character} {n}', 'dance 3'],
    ['{character}', 'prepared'],
  ])('leaves no gap where there is no character: %s', (template, expected) => {
    expect(named(template)).toBe(expected)
  })

  it('keeps what follows a dot in the name of a file', () => {
    expect(named('{clip}-{provider}-{orientation}-{n}', { clip: '/a/dance.final.cut.mov' })).toBe(
      'dance.final.cut-kling-video-3',
    )
  })

  it.each([
    '/a/../../etc/passwd',
    '/a/a\\b:c*?.mp4',
    '/a/CON.mp4',
    '/a/...mp4',
    '/a/ .mp4',
    `/a/${'😀'.repeat(200)}.mp4`,
    '/a/new\nline\u202e.mp4',
    '/a/{provider}.mp4',
    '/a/-rf.mp4',
  ])('is a name that every disk takes, whatever a file is called: %j', (clip) => {
    expect(nameProblem(named('{clip}', { clip }))).toBeNull()
  })

  it('is that of the file, even where it is called “file”', () => {
    expect(named('{clip}', { clip: '/a/file.mp4' })).toBe('file')
  })

  it('does not fill in fields that only stand in the name of a file', () => {
    expect(named('{clip}', { clip: '/a/{provider}.mp4' })).toBe('{provider}')
  })

  it.each([
    ['{take}', 'no field {take}'],
    ['a/b', 'slash'],
    ['..\\up', 'slash'],
    ['  ', 'needs some text'],
    ['{clip', 'brace'],
    ['x'.repeat(121), 'at most 120'],
  ])('cannot be made of %j', (template, words) => {
    expect(templateProblem(template)).toContain(words)
  })

  it('tells what there are several of by default', () => {
    expect([usualTemplate(0, 5), usualTemplate(1, 5), usualTemplate(5, 1), usualTemplate(5, 0)]).toEqual([
      '{clip}',
      '{clip}',
      '{character}',
      '{character}',
    ])
    expect(named(usualTemplate(2, 2), { character: '/a/hero.png' })).toBe('hero')
    expect(named(usualTemplate(2, 2))).toBe('dance')
  })

  it('is given to nobody else, not even in other letters or another spelling', () => {
    const claimed = new Set<string>()
    expect(['dance', 'Dance', 'DANCE', 'café', 'cafe\u0301'].map((name) => claimName(name, claimed))).toEqual(
      ['dance', 'Dance (2)', 'DANCE (3)', 'café', 'cafe\u0301 (2)'],
    )
    expect(nameKey('CAFÉ')).toBe(nameKey('cafe\u0301'))
    const like = namesLike('a')
    expect([like.next().value, like.next().value, like.next().value]).toEqual(['a', 'a (2)', 'a (3)'])
  })
})
