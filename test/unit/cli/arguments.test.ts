import { describe, expect, it } from 'vitest'
import { readArguments } from '../../../src/main/cli/arguments.ts'

const read = (...argv: string[]) =>
  readArguments({ argv, cwd: '/place', version: '1.2.3', presets: () => [] })

const mistakeIn = (...argv: string[]) => {
  const reading = read(...argv)
  return reading.kind === 'mistake' ? reading.problem.message : `no mistake: ${reading.kind}`
}

const requestIn = (...argv: string[]) => {
  const reading = read(...argv)
  if (reading.kind !== 'invocation') throw new Error(JSON.stringify(reading))
  return reading.invocation
}

const generate = (...more: string[]) => [
  'generate',
  ...['--character', 'face.jpg', '--clip', 'dance.mp4', '--out', 'results'],
  ...more,
]

const compare = (out: string, ...more: string[]) => [
  ...['compare', '--reference', 'a.mp4', '--result', 'b.mp4', '--out', out],
  ...more,
]

describe('a command line that is understood', () => {
  it('resolves files against the folder the user stands in', () => {
    expect(requestIn(...generate()).request).toMatchObject({
      character: '/place/face.jpg',
      clip: '/place/dance.mp4',
      out: '/place/results',
    })
  })

  it('starts from the practice provider with the defaults of a take', () => {
    expect(requestIn(...generate()).request).toMatchObject({
      settings: {
        provider: 'practice',
        model: 'practice',
        orientation: 'image',
        mode: 'std',
        keepSound: true,
      },
      window: { start: 0, length: null },
      baseUrl: null,
      delivery: { host: null, clipUrl: null, characterUrl: null },
      yes: false,
      passGuard: false,
    })
  })

  it('reads every selector', () => {
    const { request } = requestIn(
      ...generate('--provider', 'kling', '--model', 'kling-v3', '--orientation', 'video', '--mode', 'pro'),
      ...['--prompt', 'on a beach', '--negative-prompt', 'rain', '--element', '7', '--sound', 'no'],
      ...[
        '--watermark',
        '--callback-url',
        'https://example.com/done',
        '--base-url',
        'https://api.example.com',
      ],
      ...['--in', '1.5', '--length', '4', '--clip-url', 'https://example.com/clip.mp4', '--yes'],
    )
    expect(request).toMatchObject({
      settings: {
        provider: 'kling',
        model: 'kling-v3',
        orientation: 'video',
        mode: 'pro',
        prompt: 'on a beach',
        negativePrompt: 'rain',
        elements: ['7'],
        keepSound: false,
        watermark: true,
        callbackUrl: 'https://example.com/done',
      },
      baseUrl: 'https://api.example.com',
      delivery: { host: 'given', clipUrl: 'https://example.com/clip.mp4', characterUrl: null },
      window: { start: 1.5, length: 4 },
      yes: true,
    })
  })

  it('keeps every digit of a 64-bit element', () => {
    const { request } = requestIn(...generate('--element', '9223372036854775807'))
    expect(request).toMatchObject({ settings: { elements: ['9223372036854775807'] } })
  })

  it('takes --json and --home before the command as well as behind it', () => {
    expect(requestIn('--json', '--home', 'lib', 'takes', 'list')).toEqual(
      requestIn('takes', 'list', '--home', 'lib', '--json'),
    )
  })

  it('follows every open take unless one is named', () => {
    expect(requestIn('takes', 'follow').request).toEqual({ command: 'takes follow', id: null })
    expect(requestIn('takes', 'follow', '--all').request).toEqual({ command: 'takes follow', id: null })
    expect(requestIn('takes', 'follow', '01JD').request).toEqual({ command: 'takes follow', id: '01JD' })
  })

  it('takes a negative offset', () => {
    expect(requestIn(...compare('c.mp4', '--offset', '-0.5')).request).toMatchObject({ offset: -0.5 })
  })

  it.each([
    ['2.5', 2.5],
    ['2,5', 2.5],
    ['.5', 0.5],
    ['+1', 1],
    ['1:02.5', 62.5],
    ['00:00:02.5', 2.5],
    ['00:01:02,25', 62.25],
    ['75f', { frames: 75 }],
    ['75 frames', { frames: 75 }],
  ])('takes %s as a time, for every option that takes one', (typed, meant) => {
    const { request } = requestIn(...generate('--in', typed, '--length', typed))
    expect(request).toMatchObject({ window: { start: meant, length: meant } })
    expect(requestIn(...compare('c.mp4', '--offset', typed)).request).toMatchObject({ offset: meant })
  })

  it.each([
    ['-1:02,5', -62.5],
    ['-12f', { frames: -12 }],
    ['\u22120.5', -0.5],
  ])('takes %s as an offset before the start', (typed, offset) => {
    expect(requestIn(...compare('c.MP4', '--offset', typed)).request).toMatchObject({ offset })
  })

  it.each(['http://127.0.0.1:8080', 'http://localhost:1', 'http://[::1]:9', 'https://api.example.com'])(
    'takes %s as a base address',
    (address) => {
      expect(requestIn(...generate('--base-url', address)).request).toMatchObject({ baseUrl: address })
    },
  )
})

describe('a mistake on the command line is one plain sentence', () => {
  it.each([
    [[], 'Enter a command. --help lists them.'],
    [['takes'], 'Enter a command. --help lists them.'],
    [['chekc'], "Unknown command 'chekc'. Did you mean check?"],
    [['accounts', 'test', 'fal'], 'There is no provider “fal” that uses accounts.'],
    [['check', '--charcter', 'x'], "Unknown option '--charcter'. Did you mean --character?"],
    [['check', '--character', 'x'], 'check needs a clip: name a video with --clip FILE.'],
    [['check', '--clip', 'x'], 'check needs a character: name an image with --character FILE.'],
    [['check', '--fast', '1'], "Unknown option '--fast'."],
    [['prepare', '--out', 'x'], 'prepare needs files to prepare: --character FILE, --clip FILE or both.'],
    [['prepare', '--clip', 'x'], 'prepare needs a folder to write to: --out FOLDER.'],
    [['generate', '--character', 'a', '--character', 'b', '--out', 'c'], '--character was used twice.'],
    [['generate', '--character', 'a', '--clip', ''], '--clip needs a value.'],
    [['generate', '--clip'], "Option '--clip <file>' argument missing."],
    [generate('--in', 'soon'), '--in must be seconds (2.5), a time (0:02.5) or frames (75f), not “soon”.'],
    [generate('--in', '-1'), '--in can’t be negative.'],
    [
      generate('--in', 'Infinity'),
      '--in must be seconds (2.5), a time (0:02.5) or frames (75f), not “Infinity”.',
    ],
    [generate('--length', '0'), '--length must be more than 0.'],
    [generate('--length', '0f'), '--length must be more than 0.'],
    [generate('--in', '-3f'), '--in can’t be negative.'],
    [generate('--in', '1:75'), '--in: Seconds go up to 59 after minutes.'],
    [generate('--in', '1:75:00'), '--in: Minutes go up to 59 after hours.'],
    [
      generate('--in', '1,000.5'),
      '--in must be seconds (2.5), a time (0:02.5) or frames (75f), not “1,000.5”.',
    ],
    [generate('--in', '2.5f'), '--in must be seconds (2.5), a time (0:02.5) or frames (75f), not “2.5f”.'],
    [generate('--in', '90000'), '--in can be at most 86400 seconds.'],
    [compare('both.gif'), 'Understudy writes an MP4 file here, not “.gif”.'],
    [compare('both.MKV'), 'Understudy writes an MP4 file here, not “.MKV”.'],
    [generate('--orientation', 'up'), '--orientation must be image or video, not “up”.'],
    [generate('--provider', 'nobody'), 'There is no provider “nobody”.'],
    [generate('--model', 'other'), 'practice has no model “other”.'],
    [generate('--element', 'x'), '--element must be the number of a library element. You can use at most 8.'],
    [generate('--host', 'ftp'), '--host must be s3 or tunnel or provider or loopback, not “ftp”.'],
    [
      generate('--host', 'loopback', '--clip-url', 'https://example.com/c.mp4'),
      'Use either --host or --clip-url, not both.',
    ],
    [['takes', 'show'], "Missing required argument 'id'."],
    [['takes', 'follow', '01JD', '--all'], 'Use either a take or --all, not both.'],
    [['takes', 'export', '01JD'], 'takes export needs a file to write: --out FILE.'],
    [['takes', 'adopt', '01JD', ' '], 'A task id has 1 to 200 characters.'],
  ])('%j', (argv, sentence) => {
    expect(mistakeIn(...argv)).toBe(sentence)
  })

  it.each([
    'http://example.com',
    'http://10.0.0.1',
    'http://127.0.0.1.example.com',
    'ftp://127.0.0.1',
    'file:///etc/passwd',
  ])('refuses %s as an address', (address) => {
    const refused = 'must use https (http only on this computer).'
    expect(mistakeIn(...generate('--base-url', address))).toBe(`--base-url ${refused}`)
    expect(mistakeIn(...generate('--clip-url', address))).toBe(`--clip-url ${refused}`)
  })

  it('refuses an address with a password in it', () => {
    expect(mistakeIn(...generate('--clip-url', 'https://me:secret@example.com/c.mp4'))).toBe(
      '--clip-url can’t contain a user name or password.',
    )
  })

  it('refuses a base address with a path, because paths belong to the provider', () => {
    expect(mistakeIn(...generate('--base-url', 'https://example.com/v1'))).toBe(
      '--base-url can only have a scheme, host and port, such as https://example.com.',
    )
  })
})

describe('sync', () => {
  it('takes two files, and both sound and motion unless one is named', () => {
    const files = ['sync', '--reference', 'a.mp4', '--result', 'b.mp4']
    expect(requestIn(...files).request).toEqual({
      ...{ command: 'sync', reference: '/place/a.mp4', result: '/place/b.mp4', by: 'both' },
    })
    expect(requestIn(...files, '--by', 'motion').request).toMatchObject({ by: 'motion' })
  })

  it.each([
    [['sync', '--result', 'b.mp4'], 'sync needs the reference: --reference FILE.'],
    [['sync', '--reference', 'a.mp4'], 'sync needs the result: --result FILE.'],
    [
      ['sync', '--reference', 'a.mp4', '--result', 'b.mp4', '--by', 'eye'],
      '--by must be both or sound or motion, not “eye”.',
    ],
  ])('says what is wrong in %j', (argv, sentence) => {
    expect(mistakeIn(...argv)).toBe(sentence)
  })
})

describe('help', () => {
  it.each([
    [],
    ['check'],
    ['prepare'],
    ['generate'],
    ['takes'],
    ['takes', 'list'],
    ['takes', 'show'],
    ['takes', 'follow'],
    ['takes', 'submit-again'],
    ['takes', 'adopt'],
    ['takes', 'give-up'],
    ['takes', 'save-elsewhere'],
    ['takes', 'export'],
    ['compare'],
    ['motion'],
    ['sync'],
    ['providers'],
    ['doctor'],
  ])('of %s names what it takes', (...command) => {
    const reading = read(...command, '--help')
    expect(reading.kind).toBe('text')
    expect(reading).toMatchObject({ text: expect.stringContaining('Usage: understudy') })
  })

  it('shows an example for every command that does something', () => {
    expect(read('takes', 'export', '--help')).toMatchObject({
      text: expect.stringContaining('Example:\n  understudy takes export'),
    })
  })

  it('prints the version alone', () => {
    expect(read('--version')).toEqual({ kind: 'text', text: '1.2.3\n' })
  })
})
