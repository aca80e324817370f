import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createVeil } from '../../../../src/main/takes/support/veil.ts'

const secret = 'ak-Canary/Key+01=='
const home = '/home/annette'
const veil = createVeil({ secrets: [secret], folders: [home, `${home}/Videos`], user: 'annette' })

/** The ways in which something can be written into a text that leaves this computer. */
const forms: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => JSON.stringify(text),
  (text) => JSON.stringify({ inner: JSON.stringify({ text }) }),
  (text) => encodeURIComponent(text),
  (text) => text.replaceAll('/', '\\/'),
]

describe('what leaves this computer', () => {
  it('has no key in it, however it is written and whatever stands around it', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...forms), fc.string(), (before, form, after) => {
        const clean = veil.text(`${before} ${form(secret)} ${after}`)
        for (const again of forms) expect(clean).not.toContain(again(secret))
        expect(clean).not.toContain('Canary')
      }),
    )
  })

  it('has neither the home folder nor the user’s name in it, in any case', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...forms), fc.string(), (before, form, after) => {
        const clean = veil.text(`${before}${form(`${home}/Videos/dance.mp4`)}${after} ANNETTE`)
        expect(clean.toLowerCase()).not.toContain('annette')
      }),
    )
  })

  it('keeps the last name of a path, and the rest of a sentence', () => {
    expect(veil.value({ clipPath: '/media/disk/films/dance.mp4', note: 'red coat', n: 3 })).toEqual({
      clipPath: 'dance.mp4',
      note: 'red coat',
      n: 3,
    })
    expect(veil.value(['C:\\Users\\annette\\dance.mp4'])).toEqual(['dance.mp4'])
    expect(veil.text(`ffmpeg -i ${home}/Videos/a.mp4`)).toBe('ffmpeg -i …/a.mp4')
  })

  it('keeps where a link leads, without what opens it', () => {
    const links = [
      'https://files.example/a/clip.mp4?X-Amz-Signature=abc&X-Amz-Date=1',
      'https:\\/\\/files.example\\/a\\/clip.mp4?X-Amz-Signature=abc\\u0026b=c',
      'https://me:pass@files.example/a/clip.mp4#token=abc',
    ]
    for (const link of links) {
      const clean = veil.text(`{"url":"${link}","next":1}`)
      expect(clean).not.toMatch(/abc|pass|Amz/)
      expect(clean).toMatch(/files\.example.*clip\.mp4\?•••","next":1\}$/)
    }
  })

  it('has no folder in it, in any case and with either kind of slash', () => {
    const windows = createVeil({ secrets: [], folders: ['C:\\Users\\Maria'], user: 'Maria' })
    expect(windows.text('at c:/users/maria/x, C:\\Users\\Maria\\y and MARIA')).toBe('at …/x, …\\y and (user)')
  })

  it('leaves the words of others alone where a user’s name is part of them', () => {
    expect(createVeil({ secrets: [], folders: [], user: 'pro' }).text('a problem of pro')).toBe(
      'a problem of (user)',
    )
    expect(createVeil({ secrets: [], folders: [], user: '' }).text('as it is')).toBe('as it is')
  })
})
