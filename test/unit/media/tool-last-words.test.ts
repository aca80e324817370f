import { expect, it } from 'vitest'
import { lastWords } from '../../../src/main/media/tool-problem.ts'

it.each([
  ['first line\nfile:/home/ada/My clips/a.mp4: Input/output error\n', '…/a.mp4: Input/output error'],
  ['/root/a.mp4: Invalid data found', '…/a.mp4: Invalid data found'],
  ["Error opening '/home/ada/clips/b.mp4'", "Error opening '…/b.mp4'"],
  ['file:C:\\Users\\Ada\\a.mp4: No such file', '…/a.mp4: No such file'],
  ['C:\\Users\\Ada\\a.mp4: No such file', '…/a.mp4: No such file'],
  [
    '[mov,mp4,m4a @ 0x55aa] error reading header at 30/1 fps',
    '[mov,mp4,m4a @ 0x55aa] error reading header at 30/1 fps',
  ],
  ['', ''],
])('the last words in %j are those without folders', (stderr, expected) => {
  expect(lastWords(stderr)).toBe(expected)
})

it('are never more than a sentence or two', () => {
  expect(lastWords('x'.repeat(9000)).length).toBe(500)
})
