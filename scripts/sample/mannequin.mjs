/** The sample clip's dancer: a wooden mannequin, drawn here pose by pose; returns SVG text. */

const width = 720
const height = 1280
const floor = 1120
const size = 0.84

const bone = {
  torso: 200,
  neck: 30,
  shoulder: 84,
  hip: 46,
  upperArm: 138,
  lowerArm: 128,
  thigh: 186,
  shin: 186,
}

/** One key per beat: hips, lean, turn, head, arms (degrees from hanging, outward) and feet. Left is the viewer's left. */
const keys = [
  { x: 0, dip: 0, lean: 0, turn: 0, head: 0, left: [22, 30], right: [22, 30], feet: [-56, 56] },
  { x: -64, dip: 30, lean: -9, turn: -24, head: -10, left: [96, 150], right: [40, 20], feet: [-150, 40] },
  { x: 64, dip: 30, lean: 9, turn: 24, head: 10, left: [40, 20], right: [96, 150], feet: [-40, 150] },
  { x: -64, dip: 30, lean: -9, turn: -24, head: -10, left: [120, 168], right: [58, 96], feet: [-150, 40] },
  { x: 64, dip: 30, lean: 9, turn: 24, head: 10, left: [58, 96], right: [120, 168], feet: [-40, 150] },
  { x: 0, dip: 96, lean: 0, turn: 0, head: 0, left: [52, -40], right: [52, -40], feet: [-130, 130] },
  { x: 0, dip: -6, lean: 0, turn: 0, head: 0, left: [150, 172], right: [150, 172], feet: [-70, 70] },
  { x: -44, dip: 16, lean: 14, turn: 20, head: 18, left: [128, 120], right: [62, 128], feet: [-110, 90] },
  { x: 44, dip: 16, lean: -14, turn: -20, head: -18, left: [62, 128], right: [128, 120], feet: [-90, 110] },
  { x: -84, dip: 40, lean: -8, turn: -58, head: -12, left: [88, 172], right: [76, 60], feet: [-190, 10] },
  { x: 0, dip: 6, lean: 0, turn: 0, head: 0, left: [34, 110], right: [34, 110], feet: [-56, 56] },
  { x: 84, dip: 40, lean: 8, turn: 58, head: 12, left: [76, 60], right: [88, 172], feet: [-10, 190] },
  { x: 0, dip: 0, lean: 0, turn: 0, head: 0, left: [22, 30], right: [22, 30], feet: [-56, 56] },
]

export const beats = keys.length - 1

/** The drawing at a moment counted in beats. */
export function mannequin(beat) {
  const pose = poseAt(beat)
  const joints = skeleton(pose)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">
    ${studio}
    <g transform="translate(${width / 2} ${floor}) scale(${size}) translate(${-width / 2} ${-floor})">
      <ellipse cx="${joints.hips.x}" cy="${floor + 20}" rx="${210 - pose.dip * 0.2}" ry="28" fill="#1b1b33" fill-opacity="0.5"/>
      ${figure(joints, pose)}
    </g>
  </svg>`
}

/** Where the dancer's joints are in the picture, in pixels, and how far she is turned: -1 is left, 1 is right. */
export function joints(beat) {
  const pose = poseAt(beat)
  const { hips, chest, neck, head, arms, legs } = skeleton(pose)
  const placed = ({ x, y }) => ({ x: width / 2 + (x - width / 2) * size, y: floor + (y - floor) * size })
  const points = [
    ...[hips, chest, neck, head],
    ...arms.flatMap(({ shoulder, elbow, hand }) => [shoulder, elbow, hand]),
    ...legs.flatMap(({ hip, knee, ankle }) => [hip, knee, ankle]),
  ]
  return { points: points.map(placed), turn: Math.sin(radians(pose.turn)) }
}

/** Moves arrive on the beat and rest there for a moment: most of the way is made in the middle. */
function poseAt(beat) {
  const from = Math.min(Math.floor(beat), beats - 1)
  const before = keys[Math.max(0, from - 1)]
  const after = keys[Math.min(beats, from + 2)]
  const share = ease(beat - from)
  const along = (read) => curve([read(before), read(keys[from]), read(keys[from + 1]), read(after)], share)
  const step = Math.abs(Math.sin(Math.PI * beat))
  return {
    x: along((key) => key.x),
    dip: along((key) => key.dip) - 16 * step,
    lean: along((key) => key.lean),
    turn: along((key) => key.turn),
    head: along((key) => key.head) + 4 * Math.sin(2 * Math.PI * beat),
    left: [0, 1].map((part) => along((key) => key.left[part])),
    right: [0, 1].map((part) => along((key) => key.right[part])),
    feet: [0, 1].map((foot) => {
      const [here, there] = [keys[from].feet[foot], keys[from + 1].feet[foot]]
      return {
        x: here + (there - here) * share,
        lift: Math.min(46, Math.abs(there - here) * 0.4) * Math.sin(Math.PI * share),
      }
    }),
  }
}

const ease = (share) => share * share * share * (share * (share * 6 - 15) + 10)

/** Catmull-Rom with little tension, so that arms swing through instead of stopping dead. */
function curve([before, from, to, after], t) {
  const [start, end] = [(to - before) * 0.25, (after - from) * 0.25]
  return (
    (2 * t ** 3 - 3 * t ** 2 + 1) * from +
    (t ** 3 - 2 * t ** 2 + t) * start +
    (3 * t ** 2 - 2 * t ** 3) * to +
    (t ** 3 - t ** 2) * end
  )
}

const radians = (degrees) => (degrees * Math.PI) / 180
const from = ({ x, y }, degrees, length) => ({
  x: x + Math.sin(radians(degrees)) * length,
  y: y + Math.cos(radians(degrees)) * length,
})

function skeleton(pose) {
  const hips = { x: width / 2 + pose.x, y: floor - 18 - bone.thigh - bone.shin + pose.dip }
  const up = 180 - pose.lean
  const chest = from(hips, up, bone.torso)
  const neck = from(chest, up, bone.neck)
  const narrow = Math.cos(radians(pose.turn))
  const across = (centre, half) => from(centre, 90 + pose.lean, half * narrow)
  const arm = (shoulder, [upper, lower], side) => {
    const elbow = from(shoulder, side * upper, bone.upperArm)
    return { shoulder, elbow, hand: from(elbow, side * lower, bone.lowerArm) }
  }
  const leg = (side, foot) =>
    bendLeg(across(hips, side * bone.hip), { x: width / 2 + foot.x, y: floor - 22 - foot.lift }, side)
  return {
    hips,
    chest,
    head: from(neck, 180 - pose.head, 58),
    neck,
    arms: [
      arm(across(chest, -bone.shoulder), pose.left, -1),
      arm(across(chest, bone.shoulder), pose.right, 1),
    ],
    legs: [leg(-1, pose.feet[0]), leg(1, pose.feet[1])],
  }
}

/** Where the knee goes when hip and ankle are given: outward. */
function bendLeg(hip, ankle, side) {
  const reach = Math.hypot(ankle.x - hip.x, ankle.y - hip.y)
  const bent = Math.min(reach, bone.thigh + bone.shin - 1)
  const angle = Math.acos((bone.thigh ** 2 + bent ** 2 - bone.shin ** 2) / (2 * bone.thigh * bent))
  const line = Math.atan2(ankle.x - hip.x, ankle.y - hip.y)
  const knee = from(hip, ((line + side * angle) * 180) / Math.PI, bone.thigh)
  return { hip, knee, ankle }
}

const wood = { light: '#f3cf9d', main: '#e2b077', dark: '#c08a52', joint: '#8f6136' }

/** A turned piece of wood between two joints: thick in the middle, thin at the ends. */
function piece(start, end, thick, paint = 'url(#wood)') {
  const length = Math.hypot(end.x - start.x, end.y - start.y)
  const turn = (Math.atan2(end.y - start.y, end.x - start.x) * 180) / Math.PI
  const half = thick / 2
  return `<path transform="translate(${start.x.toFixed(2)} ${start.y.toFixed(2)}) rotate(${turn.toFixed(2)})" fill="${paint}"
    d="M0 ${-half * 0.6}C${length * 0.25} ${-half * 1.15} ${length * 0.6} ${-half * 1.1} ${length} ${-half * 0.55}
    A${half * 0.55} ${half * 0.55} 0 0 1 ${length} ${half * 0.55}C${length * 0.6} ${half * 1.1} ${length * 0.25} ${half * 1.15} 0 ${half * 0.6}
    A${half * 0.6} ${half * 0.6} 0 0 1 0 ${-half * 0.6}Z"/>`
}

const ball = ({ x, y }, radius, paint = wood.joint) =>
  `<circle cx="${x.toFixed(2)}" cy="${y.toFixed(2)}" r="${radius}" fill="${paint}"/>`

const limb = ([first, second, third], thick) =>
  piece(first, second, thick) +
  piece(second, third, thick * 0.84) +
  ball(second, thick * 0.34) +
  ball(first, thick * 0.4)

function foot({ ankle }, side) {
  const { x, y } = ankle
  return `<path d="M${x - side * 24} ${y - 8}Q${x} ${y - 26} ${x + side * 24} ${y - 4}L${x + side * 66} ${y + 14}
    Q${x + side * 74} ${y + 30} ${x + side * 56} ${y + 30}H${x - side * 26}Q${x - side * 38} ${y + 8} ${x - side * 24} ${y - 8}Z"
    fill="url(#wood)"/>${ball({ x, y: y - 6 }, 17)}`
}

function hand({ elbow, hand: wrist }) {
  const turn = (Math.atan2(wrist.y - elbow.y, wrist.x - elbow.x) * 180) / Math.PI
  return `<g transform="translate(${wrist.x.toFixed(2)} ${wrist.y.toFixed(2)}) rotate(${turn.toFixed(2)})">
    <rect x="4" y="-19" width="58" height="38" rx="19" fill="url(#wood)"/>
    <rect x="14" y="-31" width="32" height="20" rx="10" fill="${wood.dark}" transform="rotate(-24 14 -20)"/></g>${ball(wrist, 14)}`
}

function figure({ hips, chest, head, neck, arms, legs }, pose) {
  const waist = from(hips, 180 - pose.lean, 78)
  const [leftLeg, rightLeg] = legs
  const turned = `translate(${head.x.toFixed(2)} ${head.y.toFixed(2)}) rotate(${pose.head.toFixed(2)})`
  // The seams of the wood show where she faces; a chest seen from the side is half as wide.
  const aside = Math.sin(radians(pose.turn))
  const slim = Math.hypot(Math.cos(radians(pose.turn)), 0.5 * aside).toFixed(3)
  return `
    ${limb([leftLeg.hip, leftLeg.knee, leftLeg.ankle], 66)}${foot(leftLeg, -1)}
    ${limb([rightLeg.hip, rightLeg.knee, rightLeg.ankle], 66)}${foot(rightLeg, 1)}
    ${ball(waist, 34)}
    <g transform="translate(${hips.x.toFixed(2)} ${hips.y.toFixed(2)}) rotate(${pose.lean.toFixed(2)}) scale(${slim} 1)">
      <path d="M-70 6C-74 -44 -48 -66 0 -66C48 -66 74 -44 70 6C66 44 34 54 0 54C-34 54 -66 44 -70 6Z" fill="url(#wood)"/>
    </g>
    ${ball(neck, 20)}${piece(chest, neck, 34, wood.dark)}
    <g transform="translate(${chest.x.toFixed(2)} ${chest.y.toFixed(2)}) rotate(${pose.lean.toFixed(2)}) scale(${slim} 1)">
      <path d="M-96 0C-96 -30 -60 -34 0 -34C60 -34 96 -30 96 0C96 60 66 118 0 122C-66 118 -96 60 -96 0Z" fill="url(#wood)"/>
      <path d="M${(aside * 44).toFixed(2)} -22Q${(aside * 104).toFixed(2)} 44 ${(aside * 30).toFixed(2)} 110" fill="none" stroke="${wood.dark}" stroke-opacity="0.35" stroke-width="5" stroke-linecap="round"/>
    </g>
    <g transform="${turned}">
      <path d="M0 -82C44 -82 62 -46 58 -4C54 42 32 72 0 72C-32 72 -54 42 -58 -4C-62 -46 -44 -82 0 -82Z" fill="url(#wood)"/>
      <path d="M-50 -6Q${(aside * 50).toFixed(2)} 12 50 -6M${(aside * 20).toFixed(2)} -72Q${(aside * 76).toFixed(2)} 0 ${(aside * 16).toFixed(2)} 64" fill="none" stroke="${wood.dark}" stroke-opacity="0.4" stroke-width="5" stroke-linecap="round"/>
    </g>
    ${arms.map((arm) => limb([arm.shoulder, arm.elbow, arm.hand], 54) + hand(arm)).join('')}`
}

const studio = `
  <defs>
    <linearGradient id="wood" x1="0" x2="1"><stop offset="0" stop-color="${wood.light}"/>
      <stop offset="0.55" stop-color="${wood.main}"/><stop offset="1" stop-color="${wood.dark}"/></linearGradient>
    <linearGradient id="wall" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#3a3d78"/>
      <stop offset="1" stop-color="#5a5fa8"/></linearGradient>
    <radialGradient id="spot" cx="0.5" cy="0.42" r="0.62"><stop offset="0" stop-color="#a9b2f0" stop-opacity="0.75"/>
      <stop offset="1" stop-color="#a9b2f0" stop-opacity="0"/></radialGradient>
  </defs>
  <rect width="${width}" height="${height}" fill="url(#wall)"/>
  <rect width="${width}" height="${height}" fill="url(#spot)"/>
  <rect y="${floor - 40}" width="${width}" height="${height - floor + 40}" fill="#34376b"/>
  <ellipse cx="${width / 2}" cy="${floor + 30}" rx="330" ry="66" fill="#7d84cf" fill-opacity="0.55"/>`
