import { fail, type Problem } from '../../../shared/outcome.ts'

export const diskFull = fail('disk-full', 'The disk is full, so nothing can be saved in the library.', {
  advice: 'Free some space. Understudy then continues automatically.',
}).problem

export const noRoomToSend = fail(
  'disk-full',
  'The disk is too full to record a take safely, so nothing was sent or charged.',
  { advice: 'Free some space. Understudy then continues automatically.' },
).problem

export const diskFailed = (why: string): Problem =>
  fail('library-damaged', 'The disk failed while a change to the library was being written.', {
    advice:
      'Restart Understudy. Until then, nothing is sent and nothing is saved. Submitted takes continue at the provider.',
    detail: why,
  }).problem

export const madeByNewer = fail('library-newer', 'This library was written by a newer Understudy.', {
  advice: 'You can view its takes but not change them. To continue with them, install the newest Understudy.',
}).problem

export const libraryInUse = fail('library-in-use', 'Another Understudy already has this library open.', {
  advice: 'Use that one, or close it first.',
})

export const listDamaged = (path: string, detail: string) =>
  fail('library-damaged', `The list of takes at ${path} is damaged.`, {
    advice: 'The takes themselves are in its library folder, as plain files.',
    detail,
  })

export const libraryNotOpened = (path: string, detail: string) =>
  fail('folder-unwritable', `The library at ${path} can’t be opened.`, {
    advice:
      'Check that the folder is writable and that the disk has space. The takes themselves are in its library folder, as plain files.',
    detail,
  })
