import { describe, expect, it } from 'vitest'
import { installCommand, newerToolsAdvice, oldToolsProblem } from '../../../../src/main/media/tools/advice.ts'
import {
  compareBuilds,
  isSafe,
  passThroughTimes,
  readBuild,
  type Build,
  chooseTools,
  type Candidate,
  type Origin,
  type Tool,
} from '../../../../src/main/media/tools/choose.ts'
import { inOrder, saysOf } from '../../../support/processes/tool-builds.ts'

function build(tool: Tool, version: string, configuration?: string): Build {
  const known = readBuild(tool, saysOf(tool, version, configuration))
  if (known === null) throw new Error(`${version} is not understood`)
  return known
}

const candidate = (tool: Tool, version: string, from: Origin, place: string): Candidate => ({
  tool,
  path: `${place}/${tool}`,
  from,
  place,
  build: build(tool, version),
})

const both = (version: string, from: Origin, place: string) => [
  candidate('ffmpeg', version, from, place),
  candidate('ffprobe', version, from, place),
]

describe('what a build is', () => {
  it.each(inOrder.slice(1).map((version, at) => [inOrder[at] ?? '', version]))(
    '%s is older than %s',
    (older, newer) => {
      expect(compareBuilds(build('ffmpeg', newer), build('ffmpeg', older))).toBeGreaterThan(0)
    },
  )

  it('is the same however its release is written', () => {
    expect(compareBuilds(build('ffmpeg', '5.1.9-0+deb12u1'), build('ffprobe', '5.1.9-0+deb12u1'))).toBe(0)
  })

  it('is safe from 5.0 on, whether it has a number or comes from git', () => {
    const safe = inOrder.filter((version) => isSafe('ffmpeg', build('ffmpeg', version)))
    expect(safe).toEqual(inOrder.slice(inOrder.indexOf('5.0.1')))
  })

  it('is not good enough without an encoder for H.264, which ffprobe does not need', () => {
    const free = '--enable-gpl --enable-libopenh264'
    expect(isSafe('ffmpeg', build('ffmpeg', '8.0', free))).toBe(false)
    expect(isSafe('ffprobe', build('ffprobe', '8.0', free))).toBe(true)
  })

  it('tells which option keeps the times of frames: ffmpeg 9 has lost the one that 5.0 needs', () => {
    const option = (version: string) => passThroughTimes(build('ffmpeg', version))[0]
    expect(['5.0.1', '5.1.6-0+deb12u1', '9.0.1'].map(option)).toEqual(['-vsync', '-fps_mode', '-fps_mode'])
  })

  it('is unknown where the words are those of another program, or of the other tool', () => {
    expect(readBuild('ffmpeg', 'hello\n')).toBeNull()
    expect(readBuild('ffmpeg', saysOf('ffprobe', '8.0'))).toBeNull()
    expect(readBuild('ffmpeg', 'ffmpeg version 8.0 Copyright')).toBeNull()
  })
})

describe('which tools are used', () => {
  it('is the newest pair, wherever it comes from', () => {
    const fetched = both('7.0.2-static', 'ffmpeg-static', '/npm')
    const older = both('5.1.9-0+deb12u1', 'PATH', '/usr/bin')
    const newer = both('8.0', 'PATH', '/usr/local/bin')
    expect(chooseTools([...fetched, ...older]).ffmpeg?.place).toBe('/npm')
    const { ffmpeg, ffprobe } = chooseTools([...fetched, ...older, ...newer])
    expect([ffmpeg?.place, ffprobe?.place]).toEqual(['/usr/local/bin', '/usr/local/bin'])
  })

  it('is a pair of one place before a newer ffmpeg on its own', () => {
    const alone = candidate('ffmpeg', '7.0.2-static', 'ffmpeg-static', '/npm')
    const { ffmpeg, ffprobe } = chooseTools([alone, ...both('5.1.9-0+deb12u1', 'PATH', '/usr/bin')])
    expect([ffmpeg?.place, ffprobe?.place]).toEqual(['/usr/bin', '/usr/bin'])
  })

  it('is the newest safe one of each where no place has both', () => {
    const { ffmpeg, ffprobe } = chooseTools([
      candidate('ffmpeg', '7.0.2-static', 'ffmpeg-static', '/npm'),
      candidate('ffprobe', '5.1.9-0+deb12u1', 'PATH', '/usr/bin'),
    ])
    expect([ffmpeg?.lastResort, ffprobe?.lastResort]).toEqual([false, false])
  })

  it('is the first of two that are equal', () => {
    const { ffmpeg } = chooseTools([
      ...both('8.0', 'ffmpeg-static', '/npm'),
      ...both('8.0', 'PATH', '/usr/bin'),
    ])
    expect(ffmpeg?.from).toBe('ffmpeg-static')
  })

  it('is never the ffprobe of 2023 beside a safe one, though its version is newer', () => {
    const { ffprobe } = chooseTools([
      ...both('5.1.9-0+deb12u1', 'PATH', '/usr/bin'),
      candidate('ffprobe', 'N-66595-gc2b38619c0-static', '@ffprobe-installer/ffprobe', '/old'),
    ])
    expect(ffprobe).toMatchObject({ from: 'PATH', lastResort: false })
  })

  it('is the newest of old ones as the last resort, and is called so', () => {
    const { ffmpeg } = chooseTools([
      candidate('ffmpeg', '4.4.2-0ubuntu0.22.04.1', 'PATH', '/usr/bin'),
      candidate('ffmpeg', 'N-47683-g0e8eb07980-static', '@ffmpeg-installer/ffmpeg', '/old'),
    ])
    expect(ffmpeg).toMatchObject({ from: 'PATH', lastResort: true })
  })
})

describe('what is said of old tools', () => {
  const debian = { platform: 'linux', release: 'ID=debian\nVERSION_ID="12"\n' } as const
  const found = (lastResort: boolean) => ({
    path: '/old/ffmpeg',
    from: '@ffmpeg-installer/ffmpeg' as const,
    version: 'N-47683-g0e8eb07980-static',
    lastResort,
    pin: null,
  })

  it('names them and the command that brings newer ones', () => {
    expect(oldToolsProblem({ ffmpeg: found(true), ffprobe: found(false) }, debian)).toEqual({
      code: 'tool-missing',
      message: 'Understudy is using old video tools: ffmpeg N-47683-g0e8eb07980-static.',
      advice: 'Run: sudo apt-get install ffmpeg. Then restart Understudy.',
    })
    expect(oldToolsProblem({ ffmpeg: found(false), ffprobe: null }, debian)).toBeNull()
  })

  it.each([
    ['darwin', '', 'brew install ffmpeg'],
    ['win32', '', 'winget install Gyan.FFmpeg'],
    ['linux', 'NAME="Linux Mint"\nID=linuxmint\nID_LIKE="ubuntu debian"\n', 'sudo apt-get install ffmpeg'],
    ['linux', 'ID=ubuntu\nVERSION_ID="24.04"\n', 'sudo apt-get install ffmpeg'],
    ['linux', 'ID=fedora\nVERSION_ID=44\n', 'sudo dnf install ffmpeg'],
    ['linux', 'ID=manjaro\nID_LIKE=arch\n', 'sudo pacman -S ffmpeg'],
    ['linux', 'ID="opensuse-tumbleweed"\nID_LIKE="opensuse suse"\n', 'sudo zypper install ffmpeg'],
  ] as const)('on %s %j it is %s', (platform, release, command) => {
    expect(installCommand({ platform, release })).toBe(command)
  })

  it('offers no command that would bring ffmpeg 4, nor one for an unknown system', () => {
    for (const release of [
      'ID=ubuntu\nVERSION_ID="22.04"\n',
      'ID=debian\nVERSION_ID="11"\n',
      'ID=nixos\n',
      '',
    ]) {
      expect(installCommand({ platform: 'linux', release })).toBeNull()
      expect(newerToolsAdvice({ platform: 'linux', release })).toContain('Install ffmpeg 5 or newer')
    }
  })
})
