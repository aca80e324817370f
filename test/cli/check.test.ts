import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Finding } from '../../src/shared/rules/finding.ts'
import { blink, landscape, makeClip, rotated, short } from '../support/clips/clips.ts'
import { buildCommandLine, filesIn, understudy, workplace } from '../support/processes/command-line.ts'
import { clipOfBytes, imageOf, turnedImageOf } from '../support/clips/limit-files.ts'
import { jpeg, tiny } from '../support/clips/pictures.ts'
import { ffmpeg, ffprobe } from '../support/processes/tools.ts'

const media = mkdtempSync(join(tmpdir(), 'understudy-check-'))
let character = ''
let clip = ''
beforeAll(async () => {
  await buildCommandLine()
  character = await jpeg(media)
  clip = await landscape(media)
})
afterAll(() => {
  rmSync(media, { recursive: true, force: true })
})

type Report = {
  readonly verdict: string
  readonly findings: readonly Finding[]
  readonly plan: readonly { readonly step: string; readonly why: string; readonly cost: string }[]
  readonly facts: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

async function check(given: { readonly character?: string; readonly clip?: string }, ...more: string[]) {
  const { home } = workplace(media)
  const files = ['--character', given.character ?? character, '--clip', given.clip ?? clip]
  const ended = await understudy(home, 'check', ...files, ...more, '--json')
  expect(filesIn(home)).toEqual([])
  const report = ended.stdout === '' ? null : (JSON.parse(ended.stdout) as Report)
  const about = (rule: string) => report?.findings.filter((finding) => finding.rule === rule) ?? []
  return { ...ended, report, about, steps: report?.plan.map(({ step }) => step) }
}

/** Three scenes of two, five and three seconds, each of one moving picture of its own. */
async function threeScenes(): Promise<string> {
  const path = join(media, 'three-scenes.mp4')
  const scene = (source: string, seconds: number, label: string) =>
    `${source}:s=640x360:r=30:d=${String(seconds)},format=yuv420p,setsar=1[${label}]`
  await ffmpeg(
    ...[
      '-filter_complex',
      [
        scene('testsrc2', 2, 'a').replace('testsrc2:', 'testsrc2='),
        scene('mandelbrot', 5, 'b')
          .replace(':s=', '=s=')
          .replace(':r=', ':rate=')
          .replace(':d=5', ',trim=duration=5'),
        scene('rgbtestsrc', 3, 'c').replace('rgbtestsrc:', 'rgbtestsrc='),
        '[a][b][c]concat=n=3[v]',
      ].join(';'),
    ],
    ...['-map', '[v]', '-c:v', 'libx264', '-preset', 'ultrafast', '-r', '30', '-y', `file:${path}`],
  )
  return path
}

describe('check --json', () => {
  it('prints exactly what is documented, key by key', async () => {
    const { code, stderr, report } = await check({})
    expect([code, stderr]).toEqual([0, ''])
    if (!report) throw new Error('a report is printed')
    expect(Object.keys(report)).toEqual([
      ...['provider', 'model', 'orientation', 'verdict', 'findings', 'plan', 'facts'],
    ])
    expect(report.verdict).toBe('ready')
    expect(Object.keys(report.facts)).toEqual(['character', 'clip'])
    for (const finding of report.findings) {
      expect(Object.keys(finding)).toEqual([
        ...['rule', 'target', 'level', 'measured', 'limit', 'unit', 'message'],
        ...('fix' in finding ? ['fix'] : []),
      ])
      expect(['character', 'clip', 'settings']).toContain(finding.target)
      expect(['pass', 'info', 'warning', 'error']).toContain(finding.level)
    }
    for (const step of report.plan) expect(Object.keys(step)).toEqual(['step', 'why', 'cost'])
  })

  it('keeps that shape where there are fixes, choices and times to tell of', async () => {
    const { code, about } = await check({ clip: await short(media) }, '--short', 'loop')
    expect(code).toBe(0)
    const [finding] = about('clip.duration.min')
    expect(Object.keys(finding ?? {})).toEqual([
      ...['rule', 'target', 'level', 'measured', 'limit', 'unit', 'message', 'fix'],
    ])
    expect(finding).toMatchObject({ level: 'error', measured: 2, limit: 3, unit: 's', fix: 'loop' })
  })
})

describe('the verdict and the exit code', () => {
  it('ready is 0, and so is fixable, with a plan', async () => {
    const fixable = await check({ clip: await makeClip(media, 'long.mp4', { seconds: 12 }) })
    expect([fixable.code, fixable.report?.verdict]).toEqual([0, 'fixable'])
    expect(fixable.steps).toContain('trim')
  })

  it('a choice that only the user can make is 3, and the options are named', async () => {
    const { code, report, stderr } = await check({ clip: await short(media) })
    expect([code, report?.verdict]).toEqual([3, 'refused'])
    expect(stderr).toContain('--short slow-down or --short boomerang or --short loop')
    const prompt = await check({}, '--prompt', 'x'.repeat(2501))
    expect([prompt.code, prompt.report?.verdict]).toEqual([3, 'refused'])
    expect(prompt.stderr).toContain('--prompt')
    const part = await check({}, '--length', '2.5')
    expect([part.code, part.report?.verdict]).toEqual([3, 'refused'])
    expect(part.stderr).toContain('--length')
  })

  it('a file that nothing can mend is 4', async () => {
    const small = await check({ character: await tiny(media) })
    expect([small.code, small.report?.verdict]).toEqual([4, 'refused'])
    const brief = await check({ clip: await blink(media) }, '--short', 'loop')
    expect([brief.code, brief.report?.verdict]).toEqual([4, 'refused'])
  })
})

describe('files at the limits', () => {
  it('are measured as they are shown: turned by a display matrix or by EXIF', async () => {
    const turned = await check({
      clip: await rotated(media),
      character: await turnedImageOf(media, { width: 399, height: 1000 }),
    })
    expect(turned.report?.facts['clip']).toMatchObject({ width: 360, height: 640, rotation: 90 })
    expect(turned.about('clip.side.min')).toMatchObject([{ level: 'pass', measured: 360 }])
    expect(turned.about('image.aspect')).toMatchObject([{ level: 'error', measured: 0.399, fix: 'pad' }])
    expect(turned.report?.verdict).toBe('fixable')
  })

  it('break a limit with the first byte beyond it, and are told in full', async () => {
    const at = await check({ clip: await clipOfBytes(media, clip, 10_000_000) }, '--provider', 'highway')
    expect(at.about('clip.bytes')).toMatchObject([{ level: 'pass', measured: 10_000_000 }])
    const beyond = await check({ clip: await clipOfBytes(media, clip, 10_000_001) }, '--provider', 'highway')
    expect(beyond.about('clip.bytes')).toMatchObject([{ level: 'error', fix: 'compress' }])
    expect(beyond.about('clip.bytes')[0]?.message).toContain('10,000,001 bytes')
  })
})

describe('choices of fit', () => {
  it('an own frame is what the rules are held against', async () => {
    const wide = await imageOf(media, { width: 1600, height: 500 })
    const whole = await check({ character: wide })
    expect(whole.about('image.aspect')).toMatchObject([{ level: 'error', fix: 'pad' }])
    const cropped = await check({ character: wide }, '--aspect', 'crop')
    expect(cropped.about('image.aspect')).toMatchObject([{ level: 'error', fix: 'crop' }])
    const framed = await check({ character: wide }, '--crop', '0.25,0,0.5,1')
    expect(framed.about('image.aspect')).toMatchObject([{ level: 'pass', measured: 1.6 }])
    expect([framed.report?.verdict, framed.steps?.includes('crop')]).toEqual(['ready', true])
  })

  it.each([
    [['--short', 'faster'], '--short must be slow-down or boomerang or loop'],
    [['--crop', '0,0,1'], '--crop must be X,Y,W,H'],
    [['--crop', '0.5,0,0.8,1'], '--crop must be inside the image'],
    [['--background', 'white'], '--background must be a colour such as #ffffff'],
    [['--without-cuts', '--in', '1'], 'Use either --without-cuts or --in and --length'],
  ] as const)('%j is a mistake in one plain sentence', async (words, sentence) => {
    const { code, stdout, stderr } = await check({}, ...words)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(sentence)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })
})

describe('cuts', () => {
  it('inside the part are found before anything is paid, and those outside of it are not told', async () => {
    const scenes = await threeScenes()
    const whole = await check({ clip: scenes })
    expect(whole.about('clip.cuts')).toMatchObject([{ level: 'warning', measured: 2, limit: 0 }])
    expect(whole.about('clip.cuts')[0]?.message).toMatch(/at 2 s and 7 s/)
    const part = await check({ clip: scenes }, '--in', '2', '--length', '5')
    expect(part.about('clip.cuts')).toMatchObject([{ level: 'pass', measured: 0 }])
    expect(part.about('clip.duration.max')).toMatchObject([{ measured: 5 }])
  })

  it('are avoided by --without-cuts, in check as in prepare', async () => {
    const scenes = await threeScenes()
    const { about, code } = await check({ clip: scenes }, '--without-cuts')
    expect(code).toBe(0)
    expect(about('clip.cuts')).toMatchObject([{ level: 'pass' }])
    expect(about('clip.duration.max')).toMatchObject([{ measured: 5 }])
    const { home, out } = workplace(media)
    const prepared = await understudy(home, 'prepare', '--clip', scenes, '--without-cuts', '--out', out)
    expect(prepared.code).toBe(0)
    const counting = ['-count_packets', '-select_streams', 'v:0', '-show_entries', 'stream=nb_read_packets']
    const packets = await ffprobe(...counting, '-of', 'csv=p=0', join(out, 'clip.mp4'))
    expect(Number(packets.trim())).toBe(150)
  })
})
