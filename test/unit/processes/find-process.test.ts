import { describe, expect, it } from 'vitest'
import {
  isSameCommand,
  isSameStart,
  linuxStart,
  readCim,
  readPs,
  readStat,
} from '../../../src/main/processes/find-process.ts'

const boot = '4e0a2cbe-6a4e-4d0b-9f9f-2d8d3f1a0b11\n'
const command = [
  '/opt/ffmpeg',
  '-i',
  'file:/home/ada/My clip "1".mp4',
  '-progress',
  'pipe:1',
  'file:/x/.ab.part.mp4',
]

describe('what the system says about a process', () => {
  it('is its start on Linux, whatever its name holds', () => {
    const rest = Array.from({ length: 48 }, (_, index) => String(index + 3))
    const stat = `4711 (ff) mpeg (x)) S ${rest.slice(1).join(' ')}\n`
    expect(readStat(stat)).toBe('22')
    expect(readStat(stat.replace(') S ', ') Z '))).toBeNull()
  })

  it('is start and command line on macOS', () => {
    const output =
      'Sat Nov 21 11:46:58 2026     /opt/homebrew/bin/ffmpeg -v error -i file:/Users/ada/a  b.mp4 -f null -\n'
    expect(readPs(output)).toEqual({
      started: String(Date.UTC(2026, 10, 21, 11, 46, 58)),
      command: '/opt/homebrew/bin/ffmpeg -v error -i file:/Users/ada/a  b.mp4 -f null -',
    })
    expect(readPs('Sat Nov  1 01:02:03 2025 x')?.started).toBe(String(Date.UTC(2025, 10, 1, 1, 2, 3)))
    expect(readPs('')).toBeNull()
    expect(readPs('ps: illegal option -- w\n')).toBeNull()
  })

  it('is start and command line on Windows', () => {
    const output =
      '2026-11-21T11:46:58.1234567Z\r\n"C:\\Program Files\\ffmpeg.exe" -v error -i "file:C:\\Users\\Ada\\a b.mp4"\r\n'
    expect(readCim(output)).toEqual({
      started: String(Date.UTC(2026, 10, 21, 11, 46, 58, 123)),
      command: '"C:\\Program Files\\ffmpeg.exe" -v error -i "file:C:\\Users\\Ada\\a b.mp4"',
    })
    expect(readCim('\r\n')).toBeNull()
    expect(readCim('')).toBeNull()
  })
})

describe('a start', () => {
  it('is the same on Linux only to the tick and in the same boot', () => {
    const start = linuxStart(boot, '8812345')
    expect(isSameStart(start, linuxStart(boot, '8812345'))).toBe(true)
    expect(isSameStart(start, linuxStart(boot, '8812346'))).toBe(false)
    expect(isSameStart(start, linuxStart(boot.replace('4', '5'), '8812345'))).toBe(false)
  })

  it('is the same elsewhere within the seconds its clock is coarse by', () => {
    expect(isSameStart('1000000', '1004000')).toBe(true)
    expect(isSameStart('1000000', '1006000')).toBe(false)
  })

  it('of a boot is never that of a clock', () => {
    expect(isSameStart(linuxStart('12345678', '1'), '12345678')).toBe(false)
  })
})

describe('a command line', () => {
  it.each([
    ['as Linux keeps it', command.join('\0')],
    [
      'behind the program that started it',
      ['/usr/bin/setpriv', '--pdeathsig', 'KILL', '--', ...command].join('\0'),
    ],
    ['as macOS shows it', command.join(' ')],
    [
      'as Windows quotes it',
      '/opt/ffmpeg -i "file:/home/ada/My clip \\"1\\".mp4" -progress pipe:1 file:/x/.ab.part.mp4',
    ],
  ])('is known again %s', (_, seen) => {
    expect(isSameCommand(command, seen)).toBe(true)
  })

  it.each(['', '/opt/ffmpeg', `${command.join(' ')} more`, command.join(' ').replace('.ab.', '.cd.')])(
    'is not taken for another: %s',
    (seen) => {
      expect(isSameCommand(command, seen)).toBe(false)
    },
  )

  it('of nothing is nobody’s', () => {
    expect(isSameCommand([], '')).toBe(false)
    expect(isSameCommand([''], 'anything')).toBe(false)
  })
})
