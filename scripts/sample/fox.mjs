/** The sample character: a fox in a knitted sweater, waving. Drawn here; returns SVG text. */

const colour = {
  ground: '#cfe7e1',
  shadow: '#a9cfc7',
  fur: '#f08a3e',
  furDark: '#d86f2a',
  cream: '#fff4e4',
  dark: '#3d2530',
  blush: '#f7a58a',
  ear: '#5a3340',
  knit: '#4c4288',
  knitDark: '#3f3673',
  stripe: '#ffc857',
  tie: '#ef5d60',
  tieDark: '#cf4549',
  boot: '#ffc857',
  bootDark: '#e2a635',
}

const mirrored = (shape) => `${shape}<g transform="translate(1024 0) scale(-1 1)">${shape}</g>`

const ear = `
  <path d="M296 420C238 300 236 138 282 118C338 118 424 208 462 288Z" fill="${colour.fur}"/>
  <path d="M292 340C268 256 270 184 294 172C330 178 384 238 408 290Z" fill="${colour.ear}"/>
  <path d="M300 346C296 306 304 262 322 240C336 268 350 296 376 316Z" fill="${colour.cream}"/>`

const headShape =
  'M512 236C642 236 742 318 756 428C768 452 806 474 838 480C822 506 812 520 792 534C802 548 806 560 808 574' +
  'C776 580 752 588 734 604C684 648 600 668 512 668C424 668 340 648 290 604C272 588 248 580 216 574' +
  'C218 560 222 548 232 534C212 520 202 506 186 480C218 474 256 452 268 428C282 318 382 236 512 236Z'

const eye = `
  <ellipse cx="400" cy="462" rx="29" ry="38" fill="${colour.dark}"/>
  <path d="M362 396Q392 374 426 388" fill="none" stroke="${colour.furDark}" stroke-width="13" stroke-linecap="round"/>
  <ellipse cx="336" cy="536" rx="36" ry="21" fill="${colour.blush}" fill-opacity="0.75"/>`

const glint = (x) => `
  <circle cx="${x + 10}" cy="446" r="12" fill="#fff"/>
  <circle cx="${x - 9}" cy="479" r="6" fill="#fff" fill-opacity="0.85"/>`

const head = `
  <clipPath id="head"><path d="${headShape}"/></clipPath>
  <path d="${headShape}" fill="${colour.fur}"/>
  <g clip-path="url(#head)">
    <path d="M150 520C270 430 412 452 466 534Q490 560 512 560Q534 560 558 534C612 452 754 430 874 520V720H150Z"
      fill="${colour.cream}"/>
  </g>
  <path d="M462 262C454 222 470 186 506 164C500 190 508 204 522 214C530 194 548 182 572 180C556 204 556 236 566 262Q512 232 462 262Z"
    fill="${colour.fur}"/>`

const face = `
  ${mirrored(eye)}
  ${glint(400)}${glint(624)}
  <path d="M456 602Q512 626 568 602C566 640 546 662 512 662C478 662 458 640 456 602Z" fill="${colour.dark}"/>
  <path d="M478 642Q512 620 546 642Q534 662 512 662Q490 662 478 642Z" fill="${colour.tie}"/>
  <path d="M444 592Q450 606 466 606Q512 626 558 606Q574 606 580 592" fill="none" stroke="${colour.dark}"
    stroke-width="10" stroke-linecap="round" stroke-linejoin="round"/>
  <path d="M512 576V606" stroke="${colour.dark}" stroke-width="9" stroke-linecap="round"/>
  <path d="M466 546Q512 528 558 546C560 566 532 588 512 588C492 588 464 566 466 546Z" fill="${colour.dark}"/>
  <ellipse cx="494" cy="550" rx="12" ry="5.5" fill="#fff" fill-opacity="0.55"/>`

const tailShape =
  'M610 1092C700 1150 806 1136 856 1058C894 998 884 922 912 852C922 828 934 812 940 792' +
  'C862 800 796 850 772 922C752 984 716 1018 622 1020Z'
const tail = `
  <clipPath id="tail"><path d="${tailShape}"/></clipPath>
  <path d="${tailShape}" fill="${colour.fur}"/>
  <g clip-path="url(#tail)">
    <path d="M760 930Q800 908 822 934Q850 906 902 932L980 780H800Z" fill="${colour.cream}"/>
    <path d="M600 1100C700 1150 806 1136 856 1058C812 1092 720 1100 600 1056Z" fill="${colour.furDark}" fill-opacity="0.6"/>
  </g>`

const bodyShape =
  'M420 660C372 690 352 800 346 930C342 1010 344 1062 350 1096C430 1136 594 1136 674 1096C680 1062 682 1010 678 930' +
  'C672 800 652 690 604 660Z'
const stripes = [818, 906, 994]
  .map(
    (y) =>
      `<path d="M300 ${y}Q512 ${y + 44} 724 ${y}" fill="none" stroke="${colour.stripe}" stroke-width="26"/>`,
  )
  .join('')
const body = `
  <clipPath id="body"><path d="${bodyShape}"/></clipPath>
  <path d="${bodyShape}" fill="${colour.knit}"/>
  <g clip-path="url(#body)">
    ${stripes}
    <path d="M330 1082Q512 1140 694 1082V1150H330Z" fill="${colour.knitDark}"/>
  </g>`

const limb = (path, paint, width) =>
  `<path d="${path}" fill="none" stroke="${paint}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`

const paw = (x, y, turn) => `
  <g transform="translate(${x} ${y}) rotate(${turn})">
    <ellipse rx="50" ry="56" fill="${colour.dark}"/>
    <circle cx="-27" cy="-40" r="19" fill="${colour.dark}"/><circle cy="-53" r="20" fill="${colour.dark}"/>
    <circle cx="27" cy="-40" r="19" fill="${colour.dark}"/>
    <ellipse cy="8" rx="19" ry="16" fill="${colour.blush}"/>
    <circle cx="-23" cy="-26" r="8" fill="${colour.blush}"/><circle cy="-35" r="8.5" fill="${colour.blush}"/>
    <circle cx="23" cy="-26" r="8" fill="${colour.blush}"/>
  </g>`

/** A knitted sleeve: stripes and cuff are dashes along the same line, which starts inside the body. */
const sleeve = (path, [x, y], length) => {
  const band = (paint, width, from, to) =>
    `<path d="${path}" fill="none" stroke="${paint}" stroke-width="${width}"
      stroke-dasharray="${to - from} 2000" stroke-dashoffset="${-from}"/>`
  return `
    <circle cx="${x}" cy="${y}" r="46" fill="${colour.knit}"/>
    <path d="${path}" fill="none" stroke="${colour.knit}" stroke-width="92"/>
    ${band(colour.stripe, 92, 74, 98)}${band(colour.stripe, 92, 142, 166)}
    ${band(colour.knitDark, 104, length - 44, length)}`
}

const arms = `
  ${paw(221, 976, 208)}
  ${sleeve('M408 742C340 800 286 866 240 944', [408, 742], 262)}
  ${paw(843, 672, 26)}
  ${sleeve('M616 742C700 800 784 786 826 706', [616, 742], 252)}`

const boot = `
  <path d="M380 1296H486C492 1340 494 1372 494 1402Q494 1424 472 1424H338C318 1424 312 1404 318 1390C328 1362 376 1350 380 1296Z"
    fill="${colour.boot}"/>
  <path d="M318 1390C312 1404 318 1424 338 1424H472Q494 1424 494 1402V1394Z" fill="${colour.bootDark}"/>
  <path d="M374 1300H488" stroke="${colour.cream}" stroke-width="26" stroke-linecap="round"/>`

const leg = `
  ${limb('M446 1100C440 1170 436 1240 434 1300', colour.fur, 96)}
  ${limb('M436 1216C435 1250 434 1280 434 1310', colour.dark, 98)}
  ${boot}`

const bowTie = `
  <path d="M512 706C476 668 428 660 410 676C398 700 398 742 410 764C430 778 478 752 512 726Z" fill="${colour.tie}"/>
  <path d="M512 706C548 668 596 660 614 676C626 700 626 742 614 764C594 778 546 752 512 726Z" fill="${colour.tie}"/>
  <path d="M500 712C470 706 440 706 418 716M524 712C554 706 584 706 606 716" fill="none" stroke="${colour.tieDark}"
    stroke-width="7" stroke-linecap="round"/>
  <rect x="488" y="690" width="48" height="52" rx="18" fill="${colour.tieDark}"/>`

export const fox = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1024 1536" width="1024" height="1536">
  <rect width="1024" height="1536" fill="${colour.ground}"/>
  <g transform="translate(512 1390) scale(0.88) translate(-512 -1424)">
    <ellipse cx="512" cy="1424" rx="300" ry="30" fill="${colour.shadow}"/>
    ${tail}
    ${mirrored(leg)}
    ${body}
    ${arms}
    ${mirrored(ear)}
    ${head}
    ${face}
    ${bowTie}
  </g>
</svg>`

/** What the fox is made of, to pose it. All lengths are in the units of the drawing. */
export const foxRig = {
  size: [1024, 1536],
  /** From the drawing to the picture: scale, then move. */
  placed: { scale: 0.88, x: 512 * 0.12, y: 1390 - 1424 * 0.88 },
  ground: colour.ground,
  shadow: colour.shadow,
  /** Pieces that are drawn once and then moved: the part of the drawing that they cover, and the drawing. */
  parts: {
    tail: { box: [604, 786, 342, 348], svg: tail },
    body: { box: [334, 654, 356, 476], svg: body },
    boot: { box: [310, 1282, 194, 146], svg: boot },
    paw: { box: [-60, -80, 120, 144], svg: paw(0, 0, 0) },
    ear: { box: [236, 112, 232, 312], svg: ear },
    head: { box: [180, 160, 664, 514], svg: head },
    face: { box: [294, 370, 436, 298], svg: face },
    bowTie: { box: [396, 662, 232, 114], svg: bowTie },
  },
  joints: {
    hips: [512, 1100],
    neck: [512, 664],
    tail: [640, 1062],
    shoulder: [408, 742],
    hip: [446, 1100],
    ankle: [434, 1300],
    floor: 1424,
  },
  /** From the shoulder to the cuff, and from there to the middle of the paw. */
  arm: {
    upper: 132,
    lower: 130,
    paw: 37,
    radius: 46,
    cuff: 52,
    sleeve: colour.knit,
    stripe: colour.stripe,
    end: colour.knitDark,
  },
  leg: { upper: 106, lower: 106, radius: 48, fur: colour.fur, sock: colour.dark },
}
