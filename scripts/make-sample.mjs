// Draws the bundled sample again: `node scripts/make-sample.mjs`. The same sharp and ffmpeg give the same bytes.
// Everything in it is made here; nothing is borrowed. FFMPEG names another ffmpeg than the one on PATH.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import sharp from 'sharp'
import { printOf } from '../src/main/practice/render/sample/dance.ts'
import { fox, foxRig } from './sample/fox.mjs'
import { beats, joints, mannequin } from './sample/mannequin.mjs'

const target = join(dirname(dirname(fileURLToPath(import.meta.url))), 'resources', 'sample')
const frameRate = 30
const beatLength = 0.5
const duration = beats * beatLength

const beatExpression = (() => {
  const inBeat = `mod(t,${beatLength})`
  const inStep = 'mod(t,0.25)'
  const kick = `0.55*sin(2*PI*(52*${inBeat}+1.6*(1-exp(-32*${inBeat}))))*exp(-8*${inBeat})`
  const hat = `0.07*(random(0)*2-1)*exp(-60*mod(t+0.25,${beatLength}))`
  const notes = [220, 261.63, 329.63, 392, 329.63, 261.63, 293.66, 349.23]
  const note = notes.reduceRight(
    (rest, pitch, step) => `if(eq(mod(floor(t/0.25),${notes.length}),${step}),${pitch},${rest})`,
    '220',
  )
  const pluck = `0.16*(sin(2*PI*t*(${note}))+0.35*sin(4*PI*t*(${note})))*exp(-11*${inStep})*min(1,${inStep}*200)`
  return `(${kick}+${hat}+${pluck})*min(1,(${duration}-t)*6)`
})()

async function drawCharacter() {
  await sharp(Buffer.from(fox)).flatten().png({ compressionLevel: 9 }).toFile(join(target, 'character.png'))
}

async function drawClip() {
  const path = join(target, 'clip.mp4')
  const ffmpeg = spawn(
    process.env.FFMPEG ?? 'ffmpeg',
    [
      ...['-hide_banner', '-v', 'error', '-y'],
      ...[
        '-f',
        'rawvideo',
        '-pixel_format',
        'rgb24',
        '-video_size',
        '720x1280',
        '-framerate',
        String(frameRate),
        '-i',
        'pipe:0',
      ],
      ...['-f', 'lavfi', '-i', `aevalsrc='${beatExpression}':s=44100:d=${duration}`],
      ...[
        '-vf',
        'scale=out_color_matrix=bt709:out_range=tv',
        '-c:v',
        'libx264',
        '-preset',
        'slow',
        '-crf',
        '21',
      ],
      ...[
        '-threads',
        '2',
        '-pix_fmt',
        'yuv420p',
        '-colorspace',
        'bt709',
        '-color_primaries',
        'bt709',
        '-color_trc',
        'bt709',
      ],
      ...['-c:a', 'aac', '-b:a', '96k', '-ac', '1', '-t', String(duration)],
      ...['-map_metadata', '-1', '-fflags', '+bitexact', '-flags:v', '+bitexact', '-flags:a', '+bitexact'],
      ...['-movflags', '+faststart', '-f', 'mp4', `${path}.part`],
    ],
    { stdio: ['pipe', 'inherit', 'inherit'] },
  )
  const ended = once(ffmpeg, 'close')
  for (let frame = 0; frame < duration * frameRate; frame++) {
    const svg = mannequin(frame / frameRate / beatLength)
    const pixels = await sharp(Buffer.from(svg)).flatten().raw().toBuffer()
    if (!ffmpeg.stdin.write(pixels)) await once(ffmpeg.stdin, 'drain')
  }
  ffmpeg.stdin.end()
  const [exitCode] = await ended
  if (exitCode !== 0) throw new Error(`ffmpeg failed with exit code ${exitCode}.`)
  await rename(`${path}.part`, path)
}

/** The dancer's joints and the fingerprint of each frame, by which the practice provider tells the frame. */
async function describeDance() {
  const small = { width: 64, height: 114 }
  const ffmpeg = spawn(
    process.env.FFMPEG ?? 'ffmpeg',
    [
      ...['-v', 'error', '-i', join(target, 'clip.mp4'), '-an'],
      ...['-vf', `scale=${small.width}:${small.height}:flags=area,format=gray`, '-f', 'rawvideo', 'pipe:1'],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const bytes = Buffer.concat(await ffmpeg.stdout.toArray())
  const size = small.width * small.height
  const frames = Array.from({ length: duration * frameRate }, (_, frame) => {
    const { points, turn } = joints(frame / frameRate / beatLength)
    const print = printOf(bytes.subarray(frame * size, (frame + 1) * size), small)
    return { print, turn, points: points.flatMap(({ x, y }) => [x, y].map((value) => Math.round(value * 2))) }
  })
  const dance = {
    width: 1440,
    joints: frames.map(({ points }) => points),
    turns: frames.map(({ turn }) => Number(turn.toFixed(3))),
    prints: Buffer.concat(frames.map(({ print }) => print)).toString('base64'),
  }
  await writeFile(join(target, 'dance.json.gz'), gzipSync(JSON.stringify(dance), { level: 9 }))
}

/** The fox in pieces, and the colours by which the practice provider recognises the picture. */
async function describeFox() {
  const [columns, rows] = [20, 30]
  const colours = await sharp(join(target, 'character.png'))
    .resize(columns, rows, { kernel: 'cubic' })
    .removeAlpha()
    .raw()
    .toBuffer()
  const plain = (svg) => svg.replaceAll(/\s+/g, ' ').trim()
  const parts = Object.fromEntries(
    Object.entries(foxRig.parts).map(([name, { box, svg }]) => [name, { box, svg: plain(svg) }]),
  )
  const rig = { ...foxRig, parts, print: { columns, rows, colours: colours.toString('base64') } }
  await writeFile(join(target, 'fox.json'), JSON.stringify(rig))
}

await mkdir(target, { recursive: true })
await drawCharacter()
await drawClip()
await describeDance()
await describeFox()
