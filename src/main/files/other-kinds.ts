type Kind = {
  /** With its article, as it is used in a sentence. */
  readonly name: string
  readonly is: (head: string) => boolean
}

const starts =
  (...signatures: readonly string[]) =>
  (head: string) =>
    signatures.some((signature) => head.startsWith(signature))
const brand =
  (...brands: readonly string[]) =>
  (head: string) =>
    head.slice(4, 8) === 'ftyp' && brands.includes(head.slice(8, 12))
const either =
  (...tests: readonly Kind['is'][]) =>
  (head: string) =>
    tests.some((test) => test(head))

export const rawPhoto = 'a raw photo'

/** Pictures by their first bytes, as their formats define them, that are whole and that nothing here decodes. */
const kinds: readonly Kind[] = [
  { name: 'a JPEG XL image', is: starts('\xff\x0a', '\0\0\0\x0cJXL \r\n\x87\n') },
  {
    name: 'a JPEG 2000 image',
    is: either(starts('\0\0\0\x0cjP  \r\n\x87\n', '\xff\x4f\xff\x51'), brand('jp2 ', 'jpx ')),
  },
  { name: 'a JPEG XR image', is: starts('II\xbc') },
  { name: 'a Photoshop document', is: starts('8BPS') },
  { name: 'a GIMP image', is: starts('gimp xcf') },
  { name: 'an OpenEXR image', is: starts('\x76\x2f\x31\x01') },
  { name: 'a Radiance HDR image', is: starts('#?RADIANCE', '#?RGBE') },
  { name: 'a PDF document', is: starts('%PDF-') },
  { name: 'a PostScript drawing', is: starts('%!PS', '\xc5\xd0\xd3\xc6') },
  // Two bytes of zero, the kind, and how many pictures: few, or it is something else.
  {
    name: 'an icon file',
    is: (head) => starts('\0\0\x01\0', '\0\0\x02\0')(head) && head[4] !== '\0' && head[5] === '\0',
  },
  { name: 'an icon file', is: starts('icns') },
  { name: 'a DDS texture', is: starts('DDS ') },
  { name: 'a DPX image', is: starts('SDPX', 'XPDS') },
  { name: 'a QOI image', is: starts('qoif') },
  { name: 'a FLIF image', is: starts('FLIF') },
  { name: 'a BPG image', is: starts('BPG\xfb') },
  { name: 'a netpbm image', is: (head) => /^P[1-7][\s#]/.test(head) },
  {
    name: 'a HEIF image encoded as H.264, VVC or JPEG',
    is: brand('avci', 'avcs', 'vvic', 'vvis', 'jpeg', 'jpgs'),
  },
  { name: 'a HEIF image of the newest kind', is: brand('mif2', 'mif3') },
  { name: 'a BigTIFF image', is: starts('II+\0', 'MM\0+') },
  {
    name: rawPhoto,
    is: either(
      starts(
        'FUJIFILMCCD-RAW',
        'IIU\0',
        'IIRO',
        'IIRS',
        'MMOR',
        'FOVb',
        '\0MRM',
        'IIII',
        'II\x1a\0\0\0HEAPCCDR',
      ),
      (head) => /^(II\*\0|MM\0\*)/.test(head) && head.slice(8, 10) === 'CR',
      brand('crx '),
    ),
  },
]

/** What a picture is that the studio does not read, with its article; null for what is not known. */
export function otherKind(head: Uint8Array): string | null {
  const text = Buffer.from(head.subarray(0, 64)).toString('latin1')
  return kinds.find(({ is }) => is(text))?.name ?? null
}
